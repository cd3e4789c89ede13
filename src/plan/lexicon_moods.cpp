// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

using namespace push;
using enum Instrument;
using enum Scenery;

/// How music sounds and feels: brightness, density, energy, space, tempo, moods, times of day and
/// places.
constexpr Sense kMoodSenses[] = {
    // Modes
    {"major",
     WordKind::mode,
     "maj|dur|majeur|mayor|maggiore|ionian|ionian mode|major key|major scale|major mode|"
     "major chords|major tonality|major pentatonic",
     {mode(Mode::ionian)}},
    {"minor",
     WordKind::mode,
     "min key|moll|mineur|menor|minore|aeolian|aeolian mode|minor key|minor scale|minor mode|"
     "minor chords|minor tonality|natural minor|harmonic minor|melodic minor|phrygian|locrian",
     {mode(Mode::aeolian)}},
    {"dorian", WordKind::mode, "dorian mode|dorisch|dorien|dorico|modal", {mode(Mode::dorian)}},
    {"lydian", WordKind::mode, "lydian mode|lydisch|lydien|lidio|whole tone", {mode(Mode::lydian)}},
    {"mixolydian",
     WordKind::mode,
     "mixolydian mode|mixolydisch|mixolidio|mixolydien",
     {mode(Mode::mixolydian)}},
    {"minor pentatonic",
     WordKind::mode,
     "pentatonic|pentatonic scale|pentatonic minor|blues scale|pentatonisch|pentatonique|"
     "pentatonica",
     {mode(Mode::minor_pentatonic)}},
    // Light
    {"dark",
     WordKind::quality,
     "darker|darkness|darkest|gloomy|gloom|somber|sombre|shadowy|noir|bleak|dunkel|dunkler|dunkle|"
     "obscur|oscuro|oscura|brooding|moody|gothic|murky|low pitched|low frequency|low frequencies",
     {bright(-.6)}},
    {"bright",
     WordKind::quality,
     "brighter|brightness|brightest|brilliant|shiny|shining|glowing|hell|heller|helle|clair|"
     "lumineux|claro|brillante|luminoso|luminous|radiant|crisp|clear|high pitched|treble|highs",
     {bright(.6)}},
    {"sparkling",
     WordKind::quality,
     "sparkly|sparkle|sparkles|glittering|glitter|shimmering|shimmer|shimmery|twinkling|twinkle|"
     "twinkly|crystalline|glassy",
     {bright(.6), plays(bells, .3), dense(.1)}},
    {"warm",
     WordKind::quality,
     "warmer|warmth|warmly|cozy|cosy|snug|hygge|gemutlich|chaud|chaleureux|calido|calida|velvety|"
     "velvet|lush|honey|buttery|smooth|smoother|silky|round|wooly|woolly|candlelight|candle",
     {bright(-.3)}},
    {"cold",
     WordKind::quality,
     "colder|cool toned|steely|metallic|kalt|froid|frio|clinical|sterile",
     {bright(.3), dense(-.1), space(.2)}},
    {"soft",
     WordKind::quality,
     "softer|softly|softest|softness|muted|muffled|mellow|mellower|sanft|sanfte|weich|doux|douce|"
     "suave|suaves|dolce|tender|tenderly|delicate|delicately|feathery|pillowy|subdued",
     {bright(-.3), energy(-.2)},
     .6},
    {"harsh",
     WordKind::quality,
     "harsher|harshness|shrill|piercing|abrasive|gritty|noisy|distorted|distortion|aggressive|"
     "aggression|angry|brutal|raw|edgy|sharp sounds|screechy|tinny|jarring|scary|creepy|spooky|"
     "horror|eerie|sinister|unsettling|dissonant|ominous|menacing",
     {bright(.4), energy(.3)}},
    // Density
    {"sparse",
     WordKind::quality,
     "sparser|sparsely|simple|simpler|simplicity|simplistic|bare|empty|emptier|spare|thin|thinner|"
     "uncluttered|stripped|stripped down|stripped back|fewer notes|few notes|less notes|spartan|"
     "pared down|einfach|simples|sencillo|sencilla|lonely|lonesome|solitude|solitary",
     {dense(-.6)},
     .5},
    {"dense",
     WordKind::quality,
     "denser|density|busy|busier|rich|richer|full|fuller|thick|thicker|complex|complexity|"
     "intricate|layered|elaborate|ornate|detailed|notes|many notes|more notes|lots of notes|dicht|"
     "complexe|maximal|polyphonic|virtuosic|cluttered|crowded|evolving|varied|variety|variation|"
     "variations|interesting",
     {dense(.6)}},
    {"quiet",
     WordKind::quality,
     "quieter|quietly|quietest|silent|silence|hushed|hush|whisper|whispering|leise|"
     "silencieux|silencioso|low volume|low key|lowkey|pianissimo|discreet|unobtrusive|subtle|"
     "subtly|understated|nonintrusive|non intrusive|unintrusive|not distracting|non distracting|"
     "undistracting|nondistracting|background|in the background|backdrop|hintergrund|fond|fondo|"
     "background music|hintergrundmusik",
     {dense(-.3), energy(-.3)},
     .5},
    {"loud",
     WordKind::quality,
     "louder|loudly|loudness|laut|fort|fuerte|fortissimo|booming|blaring|banging|thumping|"
     "pounding|hard|harder|hardcore|prominent|big|huge|massive|punchy|punch|slamming",
     {energy(.4), dense(.2)},
     1.5},
    {"heavy",
     WordKind::quality,
     "heavier|strong|stronger|thunderous|weighty|bassy|bass heavy",
     {energy(.2), bright(-.2), part(Stem::bass, .3)},
     1.5},
    {"light",
     WordKind::quality,
     "lighter|lightweight|leicht|leger|legere|ligero|ligera|weightless",
     {bright(.2), dense(-.2)},
     .6},
    {"distracting",
     WordKind::quality,
     "distraction|distractions|distracted|interruptions|interruption|annoying|disturbing|"
     "disturbance|"
     "intrusive|surprises|surprising|sudden|sudden changes|jumpy|fancy|hectic|chaotic|chaos|"
     "overwhelming|overstimulating|frantic|wild|frenetic|over the top|flashy",
     {dense(.4), energy(.4)}},
    {"monotonous",
     WordKind::quality,
     "repetitive|monotony|repetition|boring|bland|monotone|static "
     "music|looping|loop|loops|hypnotic|"
     "hypnotizing|hypnosis|trancelike|trance like",
     {dense(-.2), energy(-.05)}},
    // Drive
    {"calm",
     WordKind::quality,
     "calmer|calming|calmest|calmly|calmness|peaceful|peace|peacefully|tranquil|tranquility|serene|"
     "serenity|soothing|soothe|soothes|sooth|placid|restful|ruhig|ruhige|ruhiger|ruhe|beruhigend|"
     "beruhigende|friedlich|calme|calmant|paisible|apaisant|apaisante|tranquille|tranquilo|"
     "tranquila|calma|calmado|pacifico|sereno|quietude|stillness|stress free|stressfree|laid back|"
     "laidback|easygoing|easy going|easy|low energy|low intensity|untroubled|harmonious|comfort|"
     "comforting|comfortable|safe|grounding|grounded|balanced|balance|harmonisch",
     {towards(Goal::relax, .6), energy(-.4), dense(-.2)}},
    {"gentle",
     WordKind::quality,
     "gentler|gently|mild|pleasant|easy on the ears|sweet|sweetly|zart|zartlich|gentil|"
     "caressing|lulling",
     {towards(Goal::relax, .4), energy(-.3), bright(-.1)},
     .6},
    {"chill",
     WordKind::quality,
     "chilled|chilling|chilly|chillin|chilax|chillax|mellow vibes|lazy|lazily|hazy|haze|vibey|"
     "slacker|stoned|stoner|cruising|leisurely|carefree",
     {towards(Goal::relax, .6), energy(-.3), tempo(-.1), swing(.1)}},
    {"dreamy",
     WordKind::quality,
     "dream|dreams|dreamlike|dream like|dreaming|daydream|daydreaming|dreamier|ethereal|floating|"
     "floaty|float|otherworldly|traumhaft|vertraumt|reve|magical|magic|enchanted|"
     "enchanting|fairy|fairytale|fairy tale|mystical|mystic|mysterious|mystery|misty|mist|fog|"
     "foggy|nebulous|clouds|cloud|cloudy|heaven|whimsical|psychedelic|trippy",
     {towards(Goal::relax, .4), space(.5), energy(-.2), mode(Mode::lydian)}},
    {"hopeful",
     WordKind::quality,
     "hope|uplifting|uplift|inspiring|inspirational|inspiration|optimistic|positive|positivity|"
     "encouraging|hoffnungsvoll|espoir|esperanza|wonder|wondrous|awe|"
     "confident|confidence|brave|gratitude|grateful",
     {bright(.3), energy(.2), mode(Mode::ionian)}},
    {"happy",
     WordKind::quality,
     "happier|happiness|joy|joyful|joyous|cheerful|cheery|merry|jolly|playful|fun|funny|sunny|sun|"
     "sunshine|glad|delightful|frohlich|heiter|lustig|glucklich|joyeux|joyeuse|gai|heureux|feliz|"
     "alegre|alegria|smiling|smile|feel good|feelgood|lighthearted|light hearted|cute|kawaii|"
     "quirky|bouncy|jaunty|perky|summer|summery|sommer|ete|verano|tropical|spring|springtime|"
     "fruhling|printemps|primavera",
     {bright(.4), energy(.2), mode(Mode::ionian)}},
    {"sad",
     WordKind::quality,
     "sadder|sadness|saddest|melancholic|melancholy|melancholia|melancholisch|melancolique|"
     "melancolico|sorrow|sorrowful|mournful|mourning|grief|heartbreak|heartbroken|blue|tearful|"
     "crying|cry|depressing|depressed|depression|traurig|triste|tristesse|tristeza|wistful|"
     "bittersweet|longing|yearning|emotional|sentimental|pensive|reflective|contemplative|"
     "introspective|thoughtful|lament|elegiac|despair|plaintive|poignant|autumn|autumnal|herbst|"
     "automne|otono",
     {bright(-.3), energy(-.3), tempo(-.1), mode(Mode::aeolian)}},
    {"romantic",
     WordKind::quality,
     "romance|intimate|intimacy|passionate|passion|sensual|sexy|candlelit|"
     "valentine|date night|dinner|dinner party|wedding|amour|romantique|romantico|liebe|tenderness",
     {bright(-.2), energy(-.1), plays(piano, .3), plays(strings, .3), tempo(-.1)}},
    {"tense",
     WordKind::quality,
     "tension|suspense|suspenseful|thriller|serious|nervous|uneasy|urgent|urgency|spy|detective|"
     "heist|dystopian|apocalyptic|dread|war|battle",
     {bright(-.2), energy(.3), dense(.2), mode(Mode::aeolian)}},
    {"energetic",
     WordKind::quality,
     "energy|energetically|high energy|upbeat|up beat|uptempo|up tempo|lively|vibrant|vivid|"
     "dynamic|exciting|excited|excitement|powerful|power|energiegeladen|energisch|energique|"
     "energico|energica|enthusiastic|peppy|spirited|bubbly|zippy|invigorating|stimulating|"
     "refreshing|fresh|fresher|active|schwungvoll|vif|dynamique|dinamico|animado|animada",
     {towards(Goal::energize, .8), energy(.5), tempo(.3), bright(.1)}},
    {"driving",
     WordKind::quality,
     "drive|intense|intensity|high intensity|propulsive|relentless|pulsing|pulsating|pulse|"
     "throbbing|pumping|rolling|marching|march|forward|momentum|intensiv|intenso|"
     "adrenaline|powerhouse|fierce|hypnotic pulse",
     {energy(.6), dense(.2), tempo(.1), part(Stem::percussion, .2)}},
    {"rhythmic",
     WordKind::quality,
     "rhythmical|rhythmically|danceable|syncopated|polyrhythmic|polyrhythm|tribal|pulsed|"
     "rhythmisch|ritmico|toe tapping|foot tapping|head nodding|head bopping",
     {part(Stem::percussion, .4), energy(.2)}},
    {"melodic",
     WordKind::quality,
     "melodious|tuneful|catchy|memorable|singable|melodisch|melodieux|melodique|"
     "melodico|expressive|hummable",
     {part(Stem::melody, .5)}},
    {"swinging",
     WordKind::quality,
     "swing|swung|shuffle|shuffled|swingy|laid back swing|triplets",
     {swing(.7)}},
    {"straight",
     WordKind::quality,
     "unswung|quantized|rigid|robotic|mechanical|machine like",
     {swing(-.7)}},
    // Room
    {"spacious",
     WordKind::quality,
     "reverb|reverbs|reverberant|reverberation|reverby|echo|echoes|echoing|echoey|delay|delays|"
     "vast|wide|wider|open|expansive|immense|deep space|airy|air|atmospheric|atmosphere|"
     "atmospheres|atmospharisch|immersive|enveloping|cavernous|cave|hall|large|"
     "hallig|weit|weitlaufig|ample|spatial|panoramic|infinite|endless space|void|weite|wet",
     {space(.6)}},
    {"dry",
     WordKind::quality,
     "drier|close|near|tight|up close|no reverb|reverbless|small room|trocken|sec|seco|"
     "bone dry",
     {space(-.6)}},
    {"deep",
     WordKind::quality,
     "deeper|depth|tief|tiefe|profond|profonde|profundo|profunda|hypnagogic",
     {bright(-.3), space(.2), part(Stem::bass, .2)},
     1.3},
    // Tempo
    {"slow",
     WordKind::quality,
     "slower|slowly|slowest|slow tempo|slow paced|slow pace|low tempo|lower tempo|low bpm|langsam|"
     "langsame|langsamer|lent|lente|lento|lenta|despacio|unhurried|half time|halftime|slow down|"
     "slowed|slow motion|lethargic|sluggish|adagietto|slow moving|dragging",
     {tempo(-.6), energy(-.1), towards(Goal::relax, .2)}},
    {"largo",
     WordKind::quality,
     "larghetto|grave|glacially slow|snail pace",
     {tempo(-.9), energy(-.2), towards(Goal::relax, .2)}},
    {"adagio", WordKind::quality, "adagios|lentissimo", {tempo(-.7), energy(-.1)}},
    {"andante", WordKind::quality, "andantino|walking pace|strolling|stroll", {tempo(-.3)}},
    {"moderato",
     WordKind::quality,
     "medium tempo|mid tempo|midtempo|moderate tempo|moderate|moderate pace|medium pace|medium|"
     "allegretto|normal tempo|mittel",
     {tempo(0)},
     0,
     true,
     "a middling tempo"},
    {"fast",
     WordKind::quality,
     "faster|fastest|quick|quicker|quickly|fast paced|fast pace|fast tempo|high tempo|higher tempo|"
     "high bpm|rapid|rapidly|speedy|brisk|briskly|schnell|schneller|rapide|vite|rapido|rapida|"
     "double time|doubletime|speed up|sped up|hurried|snappy",
     {tempo(.6), energy(.1), towards(Goal::energize, .2)}},
    {"allegro", WordKind::quality, "con brio|animato|con moto", {tempo(.6), energy(.2)}},
    {"presto",
     WordKind::quality,
     "prestissimo|vivace|vivacissimo|lightning fast|breakneck",
     {tempo(.9), energy(.3), towards(Goal::energize, .2)}},
    // How it is made
    {"building up",
     WordKind::quality,
     "building to a climax|build to a climax|builds to a climax|building towards a climax|"
     "build up|builds up|buildup|build ups|slowly building|gradually building|slow build|"
     "slowly builds|that builds|builds slowly|builds gradually|crescendo|crescendos|crescendoing|"
     "climax|climactic|starts quiet|start quiet|starting quiet|starts quietly|starts soft|"
     "starts softly|starts slow|starts slowly|starts calm|starts calmly|starts gently|"
     "start slow|start calm|start soft|starting slow|starting softly|growing in intensity|"
     "growing intensity|grows in intensity|gets louder|getting louder|gradually louder|"
     "slowly louder|slowly intensifying|intensifying|intensifies|ramping up|ramps up|ramp up|"
     "more and more intense|louder and louder|rises slowly|slowly rising|wachst langsam|"
     "steigert sich|steigernd|montee en puissance|in crescendo|en crescendo|ends loud",
     {rise(.8)}},
    {"fading",
     WordKind::quality,
     "slowly fading|gradually fading|slowly fades|fades|fade|fade out|fades out|fading out|"
     "fading away|fades away|decrescendo|diminuendo|dying away|dies away|slowly sinking|sinking|"
     "gets quieter|getting quieter|gradually quieter|slowly quieter|quieter and quieter|"
     "calmer and calmer|slower and slower|gradually calmer|gets calmer|getting calmer|"
     "calming down|calms down|slowing down|slows down|ends quiet|ends quietly|ends softly|"
     "starts loud|starts strong|starts energetic|winds down|ramping down|morendo|"
     "immer leiser|immer ruhiger|ausklingend|cada vez mas tranquilo",
     {rise(-.8)}},
    {"steady",
     WordKind::settled,
     "steadily|constant|consistent|even paced",
     {},
     0,
     true,
     "no change: the beat is steady"},
    {"solo",
     WordKind::quality,
     "alone|solo instrument|single instrument|unaccompanied|by itself",
     {part(Stem::percussion, -.7), part(Stem::bass, -.5), dense(-.2), part(Stem::pads, -.3)}},
    {"legato",
     WordKind::quality,
     "flowing|flow state music|sustained|fluid|seamless|seamlessly|gliding|liquid|evolving slowly",
     {dense(-.1), part(Stem::pads, .3), energy(-.1)}},
    {"staccato",
     WordKind::quality,
     "plucky|plucked|plucks|pluck|pizzicato|spiky|picked",
     {plays(marimba, .3), plays(harp, .3), energy(.1), space(-.2)}},
    // Hours and places
    {"night",
     WordKind::quality,
     "nights|late night|nighttime|nightfall|midnight|evening|evenings|dusk|twilight|sunset|sunsets|"
     "after dark|nacht|abend|nuit|soir|noche|tarde|nocturnal|3 am|2 am|4 am|1 am|golden hour",
     {towards(Goal::relax, .2), bright(-.3), energy(-.1)}},
    {"morning",
     WordKind::quality,
     "mornings|sunrise|dawn|daybreak|early morning|breakfast|morgen|matin|manana|sonnenaufgang|"
     "lever du soleil|amanecer|daylight|sunday morning|weekend|sunday",
     {bright(.3)}},
    {"city",
     WordKind::quality,
     "urban|tokyo|new york|nyc|paris|london|berlin|street|streets|downtown|metropolitan|subway|"
     "stadt|ville|ciudad|rooftop|skyline|rainy city",
     {bright(-.1), plays(electric_piano, .3), swing(.2)}},
    {"library",
     WordKind::quality,
     "dark academia|light academia|academia|academic|bookshop|bookstore|museum|bibliothek|"
     "bibliotheque|biblioteca|hogwarts|harry potter|victorian|scholarly",
     {towards(Goal::focus, .8), plays(piano, .4), plays(strings, .3), bright(-.2), dense(-.1)}},
};

}  // namespace

std::span<const Sense> mood_senses() { return kMoodSenses; }

}  // namespace focus::core::plan
