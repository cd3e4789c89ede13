// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

using namespace push;
using enum Instrument;
using enum Scenery;

constexpr double kNamed = .8;  // something that is requested by its name

/// Instruments, the layers of the music, voices, and background sounds.
constexpr Sense kSoundSenses[] = {
    // Instruments
    {"piano",
     WordKind::instrument,
     "pianos|grand piano|upright piano|acoustic piano|pianoforte|klavier|fluegel|flugel|steinway|"
     "pianist|piano music|klaviermusik|piano sounds|keyboard|keyboards",
     {plays(piano, kNamed)}},
    {"felt piano",
     WordKind::instrument,
     "muted piano|prepared piano|intimate piano",
     {plays(piano, kNamed), bright(-.3), space(-.2)}},
    {"electric piano",
     WordKind::instrument,
     "electric pianos|rhodes|rhodes piano|fender rhodes|fender|wurlitzer|wurli|e piano|keys|"
     "electric keys|jazz keys|suitcase piano|clavinet|clav|dx 7",
     {plays(electric_piano, kNamed)}},
    {"guitar",
     WordKind::instrument,
     "guitars|acoustic guitar|nylon guitar|nylon string guitar|classical guitar|electric guitar|"
     "spanish guitar|clean guitar|steel guitar|slide guitar|gitarre|gitarren|guitare|guitarra|"
     "fingerpicking|fingerpicked|fingerstyle|strumming|strummed|nylon strings",
     {plays(guitar, kNamed)}},
    {"harp", WordKind::instrument, "harps|harfe|harpe|arpa|harpist", {plays(harp, kNamed)}},
    {"muted guitar",
     WordKind::instrument,
     "muted guitars|palm muted guitar|palm muted guitars|palm mute|palm muted",
     {plays(muted_guitar, kNamed)}},
    {"banjo",
     WordKind::instrument,
     "ukulele|lute|mandolin|sitar|oud|bouzouki|banjos|ukuleles|shamisen|balalaika",
     {plays(guitar, kNamed)},
     0,
     false,
     {},
     true},
    {"zither",
     WordKind::instrument,
     "kora|koto|guzheng|dulcimer|cimbalom|lyre",
     {plays(harp, kNamed)},
     0,
     false,
     {},
     true},
    {"harpsichord",
     WordKind::instrument,
     "harpsichords|cembalo|clavichord|spinet|virginal|clavecin|clavecino|cravo|clavicembalo",
     {plays(harp, kNamed), bright(.2)},
     0,
     false,
     {},
     true},
    {"kalimba",
     WordKind::instrument,
     "kalimbas|thumb piano|mbira|sansula",
     {plays(kalimba, kNamed)}},
    {"handpan",
     WordKind::instrument,
     "handpans|hand pan|hang drum|hangdrum|tongue drum|steel drum|steel drums|steel pan|steelpan",
     {plays(kalimba, kNamed), plays(marimba, .4)},
     0,
     false,
     {},
     true},
    {"marimba", WordKind::instrument, "marimbas|mallet|mallets", {plays(marimba, kNamed)}},
    {"xylophone",
     WordKind::instrument,
     "xylophones|balafon|gamelan",
     {plays(marimba, kNamed)},
     0,
     false,
     {},
     true},
    {"vibraphone",
     WordKind::instrument,
     "vibraphones|vibes player|vibes sound",
     {plays(vibraphone, kNamed)}},
    {"bells",
     WordKind::instrument,
     "bell|chimes|chime|wind chimes|wind chime|glockenspiel|tubular bells|temple bells|"
     "church bells|carillon|glocken|cloches|campanas|celesta|gong|gongs|tinkling|bell like|cowbell",
     {plays(bells, kNamed)}},
    {"singing bowls",
     WordKind::instrument,
     "singing bowl|tibetan bowls|tibetan bowl|tibetan singing bowls|crystal bowls|"
     "crystal singing bowls|bowls|klangschalen|bols tibetains|cuencos|cuencos tibetanos",
     {plays(bells, kNamed), space(.3), dense(-.3), towards(Goal::relax, .6)}},
    {"music box",
     WordKind::instrument,
     "music boxes|spieluhr|boite a musique",
     {plays(bells, .7), plays(kalimba, .5), bright(.2)}},
    {"strings",
     WordKind::instrument,
     "string|violin|violins|viola|violas|string quartet|string section|"
     "string ensemble|quartet|fiddle|geige|geigen|streicher|violon|violons|cuerdas|"
     "cordes|erhu|string orchestra|chamber strings",
     {plays(strings, kNamed)}},
    {"cello",
     WordKind::instrument,
     "cellos|violoncello|violonchelo|violoncelle|solo cello|cellist|double bass solo",
     {plays(cello, kNamed)}},
    {"choir",
     WordKind::instrument,
     "choirs|choral|chorus|chant|chants|chanting|gregorian chant|gregorian chants|gregorian|"
     "humming|hum|chor|choeur|coro|monks|monk|angelic voices|ethereal voices",
     {plays(choir, kNamed)}},
    {"organ",
     WordKind::instrument,
     "organs|church organ|pipe organ|hammond|hammond organ|orgel|orgue|organo",
     {plays(organ, kNamed)}},
    {"accordion",
     WordKind::instrument,
     "accordions|harmonium|bandoneon|melodica|bagpipe|bagpipes|harmonica|concertina",
     {plays(organ, kNamed)},
     0,
     false,
     {},
     true},
    {"flute",
     WordKind::instrument,
     "flutes|flote|floete|flauta|pan flute|panflute|bamboo flute|native flute|shakuhachi|ney|"
     "tin whistle|whistle|recorder|woodwind|woodwinds|wind instruments|"
     "wind instrument|ocarina|duduk|piccolo|bansuri|flautist",
     {plays(flute, kNamed)}},
    {"clarinet",
     WordKind::instrument,
     "clarinets|oboe|oboes|bassoon",
     {plays(flute, kNamed)},
     0,
     false,
     {},
     true},
    {"saxophone",
     WordKind::instrument,
     "saxophones|sax|tenor sax|alto sax|soprano sax|saxophon|saxofon|saxofone",
     {plays(saxophone, kNamed)}},
    {"brass",
     WordKind::instrument,
     "trumpet|trumpets|trombone|trombones|horn|horns|trompete|trompette|trompeta|french horn|tuba|"
     "brass section|flugelhorn|cornet|blechblaser",
     {plays(brass, kNamed)}},
    {"synth",
     WordKind::instrument,
     "synths|synthesizer|synthesizers|synthesiser|synthesisers|synthetic|moog|analog synth|"
     "analog synths|analogue synth|analogue|analog|modular|modular synth|juno|theremin|"
     "electronics|synthe|sintetizador|synthies",
     {plays(synth, kNamed)}},
    {"arpeggio",
     WordKind::instrument,
     "arpeggios|arpeggiated|arp|arps|arpeggiator|sequencer|sequencers|sequenced|arpeggi",
     {plays(synth, .6), dense(.3)}},
    {"orchestra",
     WordKind::instrument,
     "orchestral|symphony|symphonie|symphonic|philharmonic|orchester|orchestre|orquesta|chamber "
     "orchestra",
     {plays(strings, kNamed), plays(flute, .3), dense(.2), space(.3)}},
    // What music is layered of
    {"drums",
     WordKind::stem,
     "drum|percussion|percussions|percussive|beat|beats|drumbeat|drum beat|drum beats|drum machine|"
     "drum machines|drum loop|drum loops|drumming|rhythm|rhythms|kick|kicks|kick drum|bass drum|"
     "snare|snares|snare drum|hi hat|hi hats|hats|hat|cymbal|cymbals|shaker|shakers|bongo|bongos|"
     "conga|congas|tabla|djembe|taiko|tambourine|claps|handclaps|808|808 s|808 drums|909|backbeat|"
     "schlagzeug|trommel|trommeln|batterie|tambour|tambours|bateria|tambor|tambores|percusion|"
     "perkussion|rhythmus|rythme|rythmes|ritmo|ritmos|toms|brushed drums|live drums|"
     "acoustic drums|electronic drums|four on the floor|cajon|drum kit|drum kits|drum set|drumkit",
     {part(Stem::percussion, .5)}},
    {"drumless",
     WordKind::stem,
     "beatless|drum free|no beat|percussionless|rhythmless|unpulsed|pulseless|drumfree",
     {part(Stem::percussion, -1)}},
    {"bass",
     WordKind::stem,
     "basses|bassline|basslines|bass line|bass lines|sub bass|sub|subs|double bass|upright bass|"
     "bass guitar|low end|808 bass|synth bass|contrabass|kontrabass|basse|bajo|bass notes|lows",
     {part(Stem::bass, .5)}},
    {"bassless", WordKind::stem, "bass free", {part(Stem::bass, -1)}},
    {"melody",
     WordKind::stem,
     "melodies|lead melody|lead|leads|lead synth|tune|theme|themes|motif|motifs|hook|hooks|"
     "melodie|melodien|melodia|melodias|riff|riffs|solos|soloing|topline",
     {part(Stem::melody, .5)}},
    {"pads",
     WordKind::stem,
     "pad|synth pad|synth pads|string pads|chord|chords|harmony|harmonies|chord progression|"
     "chord progressions|texture|textures|layers|akkorde|accords|acordes|wash|washes|swell|swells|"
     "sustained notes|long notes|drone pad",
     {part(Stem::pads, .5)}},
    {"ambience",
     WordKind::stem,
     "ambiance|background noise|noise|noises|sound effects|sound effect|sfx|field recordings|"
     "field recording|soundscape|soundscapes|foley|room tone|gerausche|geraeusche|bruits|ruidos|"
     "ambient sounds|ambient noise",
     {part(Stem::ambience, .5)}},
    // Voices
    {"wordless",
     WordKind::settled,
     "instrumental|instrumentals|instrumentally|instrumental only|lyricless|voiceless|vocal free|"
     "voice free|no words|sans paroles|instrumentale|sin letra|ohne gesang|ohne worte",
     {},
     0,
     true,
     "no words are ever sung"},
    {"vocals",
     WordKind::instrument,
     "vocal|voice|voices|singer|singers|singing|sung|sing|lyrics|lyric|lyrical|words|speech|"
     "talking|spoken word|rapping|gesang|stimme|stimmen|voix|paroles|voces|voz|letra|vocalist|"
     "vocalists|female vocals|male vocals|vocal samples|spoken",
     {plays(choir, .6)},
     0,
     false,
     "no words are ever sung"},
    // What is heard around
    {"rain",
     WordKind::scenery,
     "rains|rainy|raining|rainfall|raindrop|raindrops|rain drops|rain sounds|rainy day|rainstorm|"
     "drizzle|drizzling|drizzly|downpour|shower|showers|regen|regnerisch|pluie|pluvieux|lluvia|"
     "lluvioso|pioggia|chuva|monsoon|rain on the window|rain on window",
     {around(rain, .9), towards(Goal::relax, .3)}},
    {"thunderstorm",
     WordKind::scenery,
     "thunderstorms|thunder|storm|storms|stormy|lightning|gewitter|donner|sturm|orage|tonnerre|"
     "tormenta|trueno|truenos|tempest|tempete|hurricane",
     {around(rain, .9), around(wind, .5), bright(-.2)}},
    {"waves",
     WordKind::scenery,
     "wave|ocean|oceans|ocean waves|crashing waves|waves "
     "crashing|oceanic|sea|seas|seaside|beach|beaches|surf|shore|seashore|"
     "coast|coastal|tide|tides|tidal|meer|wellen|mer|vagues|oceano|mar|olas|playa|plage|strand|"
     "lake|lakeside|underwater|harbor|harbour|ship|boat|sailing|island",
     {around(waves, .9), towards(Goal::relax, .3)}},
    {"wind",
     WordKind::scenery,
     "winds|windy|breeze|breezes|breezy|howling wind|gale|gust|gusts|viento|brise|brisa|rustling|"
     "leaves|prairie|desert|mountain|mountains|mountaintop|berge|montagne|montana|tundra|arctic",
     {around(wind, .8)}},
    {"stream",
     WordKind::scenery,
     "streams|river|rivers|riverside|creek|creeks|brook|brooks|babbling brook|waterfall|waterfalls|"
     "water|waters|watery|flowing water|running water|trickling|fountain|fluss|bach rauschen|"
     "riviere|ruisseau|rio|agua|eau|wasser|wasserfall|cascade|cascada|splashing|aquatic|spring "
     "water",
     {around(stream, .9), towards(Goal::relax, .2)}},
    {"fire",
     WordKind::scenery,
     "fires|fireplace|campfire|camp fire|bonfire|crackling fire|crackling fireplace|log fire|"
     "fire crackling|crackling|hearth|embers|feuer|kaminfeuer|kamin|lagerfeuer|feu|cheminee|"
     "feu de bois|fuego|chimenea|hoguera|wood stove|fireside",
     {around(fire, .9)}},
    {"vinyl",
     WordKind::scenery,
     "vinyls|vinyl crackle|vinyl noise|vinyl hiss|crackle|crackles|record crackle|record player|"
     "turntable|gramophone|tape hiss|tape noise|hiss|tape|cassette|vhs|static|schallplatte|vinyle|"
     "vinilo|phonograph|old record|old records|wow and flutter|tape saturation",
     {around(vinyl, .8)}},
    {"white noise",
     WordKind::scenery,
     "static noise|weisses rauschen|bruit blanc|ruido blanco",
     {around(stream, .7), part(Stem::ambience, .6), bright(.1)}},
    {"pink noise",
     WordKind::scenery,
     "green noise|rosa rauschen|bruit rose|ruido rosa|rauschen",
     {around(rain, .7), part(Stem::ambience, .6)}},
    {"brown noise",
     WordKind::scenery,
     "red noise|fan noise|fan|cabin noise|airplane noise|plane noise|train noise|engine hum|"
     "bruit brun|ruido marron|rumble|womb|womb sounds|dark noise",
     {around(wind, .6), around(waves, .4), part(Stem::ambience, .6), bright(-.3)}},
    {"nature",
     WordKind::scenery,
     "nature sounds|natural sounds|sounds of nature|natural|natur|naturgerausche|naturaleza|"
     "outdoors|outdoor|outside|wilderness|countryside|garden|gardens|meadow|meadows|park|field|"
     "fields|farm|summer night",
     {around(stream, .4), around(wind, .4), part(Stem::ambience, .3), towards(Goal::relax, .2)}},
    {"no music",
     WordKind::stem,
     "without music|without any music|no instruments|without instruments|ohne musik|keine musik|"
     "sans musique|pas de musique|sin musica|sem musica|senza musica",
     {part(Stem::ambience, .8), part(Stem::melody, -1), part(Stem::percussion, -1),
      part(Stem::bass, -1), part(Stem::pads, -1)},
     0,
     true},
    {"forest",
     WordKind::scenery,
     "forests|woods|woodland|jungle|rainforest|rain forest|wald|foret|bosque|selva|tree|trees|"
     "bamboo",
     {around(wind, .5), around(stream, .4), towards(Goal::relax, .2)}},
    {"snow",
     WordKind::scenery,
     "snowy|snowfall|snowing|winter|wintry|winters|ice|icy|frost|frosty|frozen|blizzard|glacier|"
     "glacial|schnee|neige|nieve|hiver|invierno|snowstorm",
     {around(wind, .6), bright(.2), dense(-.1), space(.2)}},
};

}  // namespace

std::span<const Sense> sound_senses() { return kSoundSenses; }

}  // namespace focus::core::plan
