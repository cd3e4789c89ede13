// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

/// Words of other languages, by the sense that they have in English. More of them stand in the
/// tables of the senses themselves. Without accents, as all spellings; Japanese as it is written.
constexpr Translation kTranslations[] = {
    // What it is for
    {"focus",
     "konzentriertes|lernmusik|hausaufgaben|buro|buroarbeit|prufung|prufungen|aufmerksamkeit|"
     "reviser|travailler concentre|concentration maximale|bureau|devoirs|examen|examens|"
     "concentrar|concentrado|concentrada|enfoque|enfocarme|enfocarse|tarea|tareas|examenes|"
     "oficina|estudar|trabalhar|trabalho|concentrar me|concentracao|foco total|estudos|"
     "escritorio|集中|集中力|集中でき|勉強|作業|作業用|仕事|学習|受験|宿題|フォーカス|ワーク"},
    {"relax",
     "entspann|entspanne|erholung|erholen|abschalten|relaxer apres|se detendre|me detendre|"
     "relaxation profonde|relajarnos|tranquilizarme|desconectar|relaxar|relaxamento|"
     "descontrair|descanso profundo|descansar bem|リラックス|くつろぎ|くつろぐ|癒し|癒やし|"
     "休憩|のんびり|チル|まったり"},
    {"sleep",
     "schlafe|schlafmusik|tiefschlaf|nachtruhe|mittagsschlaf|sieste|sommeil profond|"
     "m endormir|dodo bebe|sueno|sueno profundo|conciliar el sueno|dormirse|adormecer|sono|"
     "sono profundo|pegar no sono|cochilo|睡眠|睡眠用|眠り|眠る|眠れ|眠い|寝る|寝たい|おやすみ|"
     "快眠|安眠|昼寝|熟睡|就寝|スリープ"},
    {"insomnia", "insonia|不眠|不眠症|眠れない|寝付けない"},
    {"energize",
     "wachmachen|wach werden|muntermacher|antrieb|se reveiller|reveil|reveiller|motivant|"
     "motivante|entrainement|musculation|despertar|despertarme|motivacion|gimnasio|motivador|"
     "acordar|academia de ginastica|treino|treinar|motivacao|motivar|dancar|元気|やる気|"
     "運動|筋トレ|トレーニング|ランニング|目覚め|目覚まし|ダンス|ワークアウト"},
    {"coding", "programacao|codigo|プログラミング|コーディング|開発"},
    {"reading", "lese|livre|livres|libro|libros|livro|livros|leitura|読書|本を読"},
    {"writing", "dessiner|peindre|dibujar|pintar|escrever|desenhar|執筆|お絵かき|創作"},
    {"meditation",
     "meditativ|achtsamkeit|pleine conscience|meditatif|atencion plena|meditacao|meditativo|"
     "瞑想|マインドフルネス|呼吸|座禅|ヨガニドラ"},
    {"yoga", "ioga|ヨガ|ストレッチ"},
    {"chores", "putzen|kochen|menage|cuisine|cuisiner|limpiar|cocinar|cozinhar|掃除|料理|家事"},
    {"travel", "reisen nach|conduire|conducir|viagem|dirigir|散歩|ドライブ|旅|旅行|通勤"},
    {"baby", "saeugling|babymusik|nourrisson|bebes|crianca|criancas|赤ちゃん|子供|子ども"},
    {"pets", "haustier|hunde|katzen|chats|chiens|gatos|perros|cachorro|犬|猫用|ペット"},
    {"stress",
     "stressabbau|gegen stress|contre le stress|anti estres|contra el estres|estresse|"
     "ansiedade|cansado demais|ストレス|不安|疲れ"},
    // How it feels
    {"calm",
     "gelassen|stille|friedvoll|besanftigend|serein|sereine|apaisantes|calmes|tranquilles|"
     "tranquilos|tranquilas|sosegado|apacible|relajada|calmo|calmos|calmas|tranquilidade|"
     "pacifica|serena|静か|静かな|穏やか|落ち着|落ち着く|落ち着いた|安らぎ|安らか|平和|ゆったり"},
    {"gentle", "sanftmutig|delicat|delicado|delicada|gentil e calmo|優しい|やさしい"},
    {"quiet", "dezent|discret|feutre|discreto|discreta|bajito|baixinho|silenciosa|控えめ"},
    {"soft", "zarte|zartes|sanftes|sanfter|feutree|macio|macia|柔らか|やわらか|ソフト"},
    {"dark", "dusterer|duster|dustere|sombres|oscuras|sombrio|escuro|escura|暗い|ダーク"},
    {"bright", "strahlend|lumineuse|claire|clara|brilhante|luminosa|明るい|きらきら|キラキラ"},
    {"warm",
     "warme|warmer klang|gemutliche|gemutliches|chaude|chaleureuse|calidos|acogedor|"
     "acogedora|quente|aconchegante|暖かい|温かい|あたたかい"},
    {"happy",
     "frohliche|frohlicher|glucklicher|heureuse|gaie|alegres|contento|contenta|felices|"
     "animadora|feliz e alegre|楽しい|嬉しい|ハッピー|夏|春"},
    {"sad",
     "traurige|traurig und langsam|tristes|nostalgique triste|melancolica|悲しい|切ない|"
     "哀愁|秋"},
    {"hopeful", "hoffnung|inspirierend|inspirant|inspirador|esperanca|希望|感動"},
    {"dreamy", "traumerisch|traumerische|reveuse|reveur|sonador|sonadora|sonhador|夢|幻想的|夢の"},
    {"romantic", "romantisch|romantische|romantica|ロマンチック|恋"},
    {"energetic",
     "energiegeladene|energische|mitreissend|lebhaft|energisches|energiques|entrainant|"
     "entrainante|enjoue|energicos|vigorizante|energetico|energetica|agitado|agitada|"
     "アップテンポ|活発|エネルギッシュ|激しい|ノリノリ|パワフル"},
    {"driving", "treibend|treibende|intensiva|intensa|迫力|疾走感"},
    {"melodic", "melodische|melodieuse|メロディアス"},
    {"sparse", "sparsam|schlicht|minimalistisch reduziert|epure|simplicite|シンプル|少ない"},
    {"spacious", "raumlich|weitraumig|espacioso|espacoso|広い|広がり|リバーブ"},
    {"night",
     "nachts|nachtlich|abends|nocturne calme|noches|nocturno|noite|noturno|夜|深夜|夜中|"
     "夕方|真夜中"},
    {"morning",
     "morgens|fruhstuck|aube|mananas|madrugada clara|manha|amanhecer|朝|早朝|モーニング"},
    {"city", "grossstadt|cidade|街|都会|シティ"},
    {"slow", "langsames|lentement|lentes|lentos|devagar|vagaroso|遅い|ゆっくり|スロー"},
    {"fast", "schnelle|schnelles|rapides|rapidos|depressa|acelerado|速い|早い|テンポの良い"},
    {"fading", "fondu|desvanecer|desvaneciendo|diminuindo|フェードアウト|だんだん静かに"},
    {"building up",
     "hohepunkt|climax final|crescendo lento|だんだん盛り上が|盛り上がる|クライマックス"},
    // Styles
    {"lofi", "ローファイ|ローファイヒップホップ"},
    {"jazz", "jazzig|jazzige|ジャズ"},
    {"classical", "klassische musik|musique classique|musica clasica|musica classica|クラシック"},
    {"ambient", "環境音楽|アンビエント"},
    {"techno", "テクノ"},
    {"house", "ハウス"},
    {"electronic", "eletronica|eletronico|電子音楽|エレクトロ"},
    {"bossa nova", "ボサノバ|ボサノヴァ"},
    {"lounge", "cafeteria|カフェ|喫茶店"},
    {"zen", "和風|禅"},
    {"video game", "jeux video|videojuegos|ゲーム|ゲーム音楽"},
    {"rock", "ロック"},
    {"pop", "ポップ"},
    {"lullaby", "nana para bebe|cancao de ninar|子守唄|オルゴール風"},
    {"cinematic", "musique de film|musica de cine|trilha sonora|映画音楽|壮大"},
    {"space music", "宇宙|銀河|星空"},
    // What plays
    {"piano", "pianomusik|klaviere|pianos solo|ピアノ|ピアノ曲"},
    {"electric piano",
     "e klavier|piano electrique|piano electrico|piano eletrico|エレピ|"
     "エレクトリックピアノ|ローズピアノ"},
    {"guitar",
     "akustikgitarre|akustische gitarre|guitare acoustique|guitares|guitarra acustica|guitarras|"
     "violao|guitarra espanola|ギター|アコギ|アコースティックギター"},
    {"harp", "arpas|harpes|harfen|ハープ"},
    {"harpsichord", "チェンバロ"},
    {"kalimba", "カリンバ"},
    {"handpan", "ハンドパン"},
    {"marimba", "マリンバ"},
    {"xylophone", "xylophon|xilofone|木琴"},
    {"vibraphone", "vibraphon|vibrafono|vibrafon|vibrafone|ビブラフォン|ヴィブラフォン"},
    {"bells", "glockchen|clochettes|campanillas|sinos|ベル|鐘|鈴|チャイム"},
    {"music box", "caja de musica|caixa de musica|オルゴール"},
    {"strings",
     "streichinstrumente|streichern|violine|violinen|violines|cordas|violino|violinos|ストリングス|"
     "バイオリン|ヴァイオリン|弦楽器|弦"},
    {"cello", "cellomusik|violonchelos|violoncelo|チェロ"},
    {"choir", "chore|choeurs|coros|coral vocal|合唱|コーラス|聖歌"},
    {"organ", "orgelmusik|orgues|organos|orgao|オルガン|パイプオルガン"},
    {"accordion", "akkordeon|accordeon|acordeon|acordeao|harmonika|アコーディオン"},
    {"flute", "querflote|floten|flutes douces|flautas|フルート|笛|尺八"},
    {"saxophone", "サックス|サクソフォン"},
    {"brass", "posaune|cuivres|metales|trombeta|metais|金管楽器|トランペット|ホルン"},
    {"clarinet", "klarinette|clarinette|clarinete|クラリネット"},
    {"synth", "synthesizern|synthetiseur|synthetiseurs|sintetizadores|シンセ|シンセサイザー"},
    {"zither", "琴|箏"},
    {"drums",
     "percussoes|percussao|tambores suaves|bateria suave|perkussionen|beats elektronisch|"
     "percusiones|ドラム|太鼓|打楽器|ビート|パーカッション|リズム"},
    {"bass", "bassen|basses profondes|bajos|baixo|baixos|ベース|低音"},
    {"melody", "メロディー|メロディ|旋律"},
    {"pads", "klangteppich|nappes|パッド|和音"},
    {"vocals", "gesungen|chant humain|cantada|vocais|canto|ボーカル|歌|歌声|声"},
    {"wordless", "sin voz|sin voces|sans voix|sem voz|sem letra|歌なし|ボーカルなし|インスト"},
    // What is heard around
    {"rain",
     "regengerausche|regengerausch|regentropfen|bruit de pluie|gouttes de pluie|lluvias|"
     "sonido de lluvia|chuvas|som de chuva|雨|雨音|雨の音|小雨"},
    {"thunderstorm", "gewittersturm|tempestade|trovao|trovoada|tormentas|雷|雷雨|嵐"},
    {"waves",
     "meeresrauschen|wellenrauschen|ozean|bruit des vagues|ola|sonido del mar|ondas do mar|"
     "praia|ondas|波|波の音|海|海辺|さざ波|ビーチ"},
    {"wind", "vent|vents|vento|ventos|風|風の音|そよ風"},
    {"stream",
     "bachlauf|wasserrauschen|fluss rauschen|ruisseaux|cours deau|arroyo|riachuelo|rios|riacho|"
     "agua corriente|川|川の音|小川|せせらぎ|水の音|滝|水"},
    {"fire",
     "kaminfeuers|knisterndes feuer|feu de cheminee|fuego de chimenea|fogo|lareira|"
     "fogueira|焚き火|たき火|暖炉|火"},
    {"vinyl", "plattenknistern|disque vinyle|discos de vinilo|vinil|レコード"},
    {"forest", "walder|forets|bosques|floresta|mata|森|森林|竹林"},
    {"nature",
     "naturklange|sons de la nature|sonidos de la naturaleza|natureza|sons da natureza|"
     "自然|自然音|自然の音"},
    {"birds",
     "vogelgezwitscher|chant des oiseaux|oiseau|pajaro|canto de pajaros|passaro|"
     "canto dos passaros|鳥|小鳥|鳥の声|鳥のさえずり|虫の声"},
    {"snow", "schneefall|nieves|neve|雪|冬"},
    {"white noise", "weisses gerausch|ruido branco|ホワイトノイズ"},
    {"pink noise", "rosa gerausch|ruido rosa suave|ピンクノイズ"},
    {"brown noise", "braunes rauschen|ruido marrom|ブラウンノイズ"},
    {"no music", "音楽なし|曲なし"},
    // The sentence
    {"no", "keinem|keiner|nenhum|nenhuma|ninguna|nessuna"},
    {"without", "sans aucun|sans aucune|sin ningun|sin ninguna|sem nenhum|sem nenhuma"},
    {"not", "nao"},
    {"none", "なし|無し|抜き|なしで|のない|の無い"},
    {"more", "mais de|多め|もっと"},
    {"less", "menos de|少なめ|控え目"},
    {"a little", "um pouco|um pouco de|少し|ちょっと"},
    {"very", "muito|muita|bastante|とても|すごく|かなり"},
    {"and", "e|と"},
    {"but", "com|por favor con|で"},
    {"only", "だけ|のみ|ばかり|だけで"},
    {"music", "canciones|cancion|chanson|chansons|lied|lieder|cancoes|音楽|曲|音|bgm"},
    {"",
     "の|を|に|が|は|も|な|へ|や|ための|用の|用|時|ときに|時に|したい|ください|お願い|聴く|"
     "聞く|聴きたい|する|した|して|系|感じ|ような|から|まで|い|がいい|た|て|流れる|いて|"
     "uma|uns|umas|os|o|do|da|dos|das|no fundo|meu|minha|quero|fur die|dazu|avec des|avec du|"
     "del|al|mi|au|aux|des|mon|ma|mes|que me|ich mag"},
};

}  // namespace

std::span<const Translation> translations() { return kTranslations; }

}  // namespace focus::core::plan
