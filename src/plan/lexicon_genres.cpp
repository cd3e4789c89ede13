// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

using namespace push;
using enum Instrument;
using enum Scenery;

/// Styles, eras, and a few proper names that stand for a style.
constexpr Sense kGenreSenses[] = {
    {"lofi",
     WordKind::genre,
     "lo fi|low fi|lofy|lofi hip hop|lo fi hip hop|lofi hiphop|lofi beats|lofi girl|lofi study|"
     "study beats|bedroom pop|vaporwave|jazz hop|nujabes",
     {towards(Goal::focus, .8), bright(-.4), swing(.4), plays(electric_piano, .6),
      around(vinyl, .6), part(Stem::percussion, .3), energy(-.1), tempo(-.1)}},
    {"chillhop",
     WordKind::genre,
     "chill hop|chill beats|hip hop beats",
     {towards(Goal::focus, .8), bright(-.2), swing(.5), plays(electric_piano, .5),
      part(Stem::percussion, .4), around(vinyl, .3), part(Stem::bass, .3)}},
    {"hip hop",
     WordKind::genre,
     "trap|boom bap|rap|hiphop instrumental|grime|phonk",
     {towards(Goal::focus, .4), swing(.4), part(Stem::percussion, .5), part(Stem::bass, .5),
      energy(.2), plays(electric_piano, .3)}},
    {"ambient",
     WordKind::genre,
     "ambient music|atmospheric ambient|dark ambient|space ambient|brian eno|eno|stars of the lid|"
     "harold budd|ambiental|biosphere",
     {towards(Goal::relax, .6), dense(-.4), energy(-.3), space(.5), part(Stem::percussion, -.6),
      part(Stem::pads, .4), plays(synth, .3)}},
    {"drone",
     WordKind::genre,
     "drones|droning|drone music|drone ambient",
     {towards(Goal::sleep, .5), dense(-.7), energy(-.5), space(.5), part(Stem::percussion, -.8),
      part(Stem::melody, -.7), part(Stem::pads, .6)}},
    {"downtempo",
     WordKind::genre,
     "down tempo|trip hop|triphop|chillout|chill out|chillstep|chillwave|chill wave|bonobo|tycho|"
     "boards of canada",
     {towards(Goal::relax, .5), tempo(-.3), energy(-.2), part(Stem::percussion, .2),
      plays(synth, .4), part(Stem::bass, .3), space(.2)}},
    {"techno",
     WordKind::genre,
     "minimal techno|dub techno|acid|acid techno|detroit techno|tekno|hard techno|berghain",
     {towards(Goal::energize, 1), energy(.6), tempo(.3), dense(.3), part(Stem::percussion, .6),
      part(Stem::bass, .4), plays(synth, .6), plays(piano, -.3)}},
    {"house",
     WordKind::genre,
     "house music|deep house|tech house|progressive house|tropical house|chicago house|lofi house",
     {towards(Goal::energize, .9), energy(.5), tempo(.2), dense(.2), part(Stem::percussion, .6),
      part(Stem::bass, .4), plays(synth, .4), plays(electric_piano, .3)}},
    {"trance",
     WordKind::genre,
     "psytrance|psy trance|goa|uplifting trance|eurodance|rave",
     {towards(Goal::energize, 1), energy(.7), tempo(.5), dense(.5), part(Stem::percussion, .6),
      plays(synth, .8), space(.3), bright(.3)}},
    {"drum and bass",
     WordKind::genre,
     "drum n bass|d and b|dnb|liquid drum and bass|liquid dnb|jungle music|breakcore|dubstep|"
     "uk garage|garage|drum bass",
     {towards(Goal::energize, 1), energy(.7), tempo(.7), dense(.4), part(Stem::percussion, .8),
      part(Stem::bass, .7), plays(synth, .5)}},
    {"electronic",
     WordKind::genre,
     "electronica|electro|edm|electronic music|elektronisch|elektronische|electronique|"
     "electronico|electronica music|idm|dance music|club|clubbing|big room|disco|eurobeat",
     {towards(Goal::energize, .6), energy(.3), plays(synth, .7), bright(.2),
      part(Stem::percussion, .4)}},
    {"synthwave",
     WordKind::genre,
     "synth wave|retrowave|retro wave|outrun|darksynth|80 s|eighties|80 s synth|cyberpunk|"
     "blade runner|vangelis|tangerine dream|kraftwerk|neon|night drive|synth pop|synthpop",
     {towards(Goal::energize, .4), towards(Goal::focus, .3), plays(synth, .9), energy(.3),
      bright(.1), space(.4), part(Stem::percussion, .4), part(Stem::bass, .4)}},
    {"jazz",
     WordKind::genre,
     "jazzy|smooth jazz|cool jazz|bebop|swing jazz|jazz piano|jazz music|nu jazz|jazz club|"
     "piano jazz|big band|ragtime|bill evans|miles davis|fusion",
     {towards(Goal::focus, .4), swing(.7), plays(piano, .5), plays(electric_piano, .3),
      part(Stem::bass, .4), part(Stem::percussion, .2), dense(.2), mode(Mode::dorian)}},
    {"bossa nova",
     WordKind::genre,
     "bossa|bossanova|samba|latin|salsa|brazilian|tango|flamenco|cuban|rumba|latin jazz",
     {towards(Goal::relax, .4), plays(guitar, .7), part(Stem::percussion, .3), swing(.2),
      energy(.1), bright(.2), part(Stem::bass, .3)}},
    {"lounge",
     WordKind::genre,
     "cafe|cafes|coffee|coffee shop|coffeeshop|coffee house|coffee bar|bistro|restaurant|"
     "cocktail|cocktail bar|hotel lobby|elevator music|elevator|muzak|easy listening|kaffeehaus",
     {towards(Goal::relax, .4), plays(electric_piano, .5), plays(piano, .3), swing(.4),
      part(Stem::percussion, .2), energy(-.1)}},
    {"classical",
     WordKind::genre,
     "classic|classical music|neoclassical|neo classical|modern classical|contemporary classical|"
     "klassik|klassisch|klassische|classique|clasica|clasico|mozart|beethoven|schubert|brahms|"
     "chamber music|romantic era|sonata|haydn|sinfonie|mozart effect",
     {towards(Goal::focus, .4), plays(piano, .5), plays(strings, .5), plays(flute, .2),
      plays(synth, -.5), part(Stem::percussion, -.7), part(Stem::melody, .3)}},
    {"piano minimalism",
     WordKind::genre,
     "satie|erik satie|debussy|chopin|einaudi|ludovico einaudi|nils frahm|max richter|"
     "olafur arnalds|yiruma|ravel|impressionist|impressionistic|nocturne|nocturnes|"
     "philip glass|steve reich",
     {towards(Goal::focus, .3), towards(Goal::relax, .3), plays(piano, .8), plays(strings, .3),
      part(Stem::percussion, -.7), dense(-.2), space(.3), energy(-.2)}},
    {"baroque",
     WordKind::genre,
     "barock|bach|vivaldi|handel|telemann|scarlatti|renaissance|corelli|purcell|rococo|pachelbel",
     {towards(Goal::focus, .6), plays(harp, .6), plays(strings, .6), plays(organ, .2),
      plays(synth, -.6), part(Stem::percussion, -.8), dense(.4), bright(.2)}},
    {"medieval",
     WordKind::genre,
     "middle ages|tavern|fantasy|bard|elven|elvish|skyrim|witcher|lord of the rings|dnd|"
     "dungeons and dragons|mittelalter|castle|celtic|irish|scottish|gaelic|nordic|viking|folk|"
     "folklore|folky|pagan|druid|shire",
     {towards(Goal::focus, .3), plays(harp, .7), plays(flute, .6), plays(strings, .4),
      plays(guitar, .2), plays(synth, -.4), mode(Mode::dorian)}},
    {"new age",
     WordKind::genre,
     "newage|enya|healing|healing music|reiki|chakra|chakras|spiritual|sacred|shamanic|mantra|"
     "mantras|angelic|angel|angels|heavenly|crystal|crystals|kitaro|holistic",
     {towards(Goal::relax, .9), plays(bells, .4), plays(flute, .4), plays(choir, .3), space(.6),
      energy(-.3), dense(-.2), part(Stem::percussion, -.5)}},
    {"zen",
     WordKind::genre,
     "japanese|japan|chinese|asian|oriental|eastern|kyoto|buddhist|tibetan|tibet|india|indian|raga|"
     "zen garden|tao|taoist|korean|geisha|samurai|temple",
     {towards(Goal::relax, .5), plays(harp, .5), plays(flute, .6), plays(bells, .3), dense(-.3),
      space(.3), mode(Mode::minor_pentatonic)}},
    {"cinematic",
     WordKind::genre,
     "film score|film music|movie|movies|movie score|movie soundtrack|soundtrack|soundtracks|film|"
     "score|trailer|epic|heroic|filmmusik|hans zimmer|zimmer|interstellar|inception|dune|"
     "dramatic|majestic|grand|triumphant|glorious|grandiose|overture",
     {plays(strings, .7), plays(choir, .3), space(.5), energy(.2), dense(.1), part(Stem::pads, .4),
      towards(Goal::focus, .3), mode(Mode::aeolian)}},
    {"video game",
     WordKind::genre,
     "video games|videogame|videogames|game|games|gaming|game music|game soundtrack|minecraft|c "
     "418|"
     "zelda|stardew|stardew valley|animal crossing|final fantasy|pokemon|nintendo|rpg|videospiel|"
     "jeu video|videojuego|undertale|hollow knight|super mario",
     {towards(Goal::focus, .5), plays(bells, .4), plays(piano, .3), plays(synth, .4), bright(.2),
      part(Stem::melody, .3)}},
    {"chiptune",
     WordKind::genre,
     "8 bit|16 bit|chiptunes|chip tune|arcade|gameboy|game boy|retro game",
     {towards(Goal::energize, .4), plays(synth, .9), bright(.5), dense(.4), energy(.3), space(-.5),
      part(Stem::melody, .4)}},
    {"spa",
     WordKind::genre,
     "wellness|massage|sauna|hot spring|onsen|bath|bubble bath|thermal",
     {towards(Goal::relax, 1), plays(bells, .3), plays(flute, .3), around(stream, .4), space(.5),
      dense(-.3), energy(-.3), part(Stem::percussion, -.7)}},
    {"minimal",
     WordKind::genre,
     "minimalist|minimalism|minimalistic|minimaliste|minimalista",
     {dense(-.5), energy(-.1), part(Stem::percussion, -.2)},
     .4},
    {"acoustic",
     WordKind::genre,
     "unplugged|akustisch|acoustique|acustico|acustica|organic|americana|country|bluegrass|"
     "singer songwriter|indie|indie folk|campfire songs|akustik",
     {plays(guitar, .7), plays(piano, .4), plays(synth, -.5), space(-.2), energy(.05)}},
    {"rock",
     WordKind::genre,
     "metal|punk|grunge|post rock|hard rock|rock and roll|rocknroll|alternative|emo|shoegaze|"
     "prog|prog rock|heavy metal|surf rock|math rock|indie rock",
     {towards(Goal::energize, .7), plays(guitar, .8), part(Stem::percussion, .6),
      part(Stem::bass, .5), energy(.5), dense(.2), tempo(.2)}},
    {"pop",
     WordKind::genre,
     "k pop|kpop|j pop|jpop|hyperpop|top 40|charts|taylor swift|dance pop",
     {towards(Goal::energize, .4), bright(.4), energy(.3), part(Stem::percussion, .4),
      part(Stem::melody, .4), plays(synth, .4)}},
    {"soul",
     WordKind::genre,
     "soulful|r and b|rnb|neo soul|rhythm and blues|gospel|motown|funk|funky|groove|grooves|groovy|"
     "disco funk|nu disco|city pop",
     {swing(.4), plays(electric_piano, .7), part(Stem::bass, .5), part(Stem::percussion, .4),
      energy(.2), bright(-.1)}},
    {"blues",
     WordKind::genre,
     "bluesy|delta blues|slow blues",
     {swing(.7), plays(guitar, .7), plays(organ, .3), part(Stem::bass, .3),
      mode(Mode::minor_pentatonic)}},
    {"reggae",
     WordKind::genre,
     "dub|ska|dancehall|caribbean|afrobeat|afro|african|island music",
     {swing(.3), part(Stem::bass, .6), part(Stem::percussion, .4), plays(guitar, .3),
      plays(organ, .4), bright(.1)}},
    {"lullaby",
     WordKind::genre,
     "lullabies|wiegenlied|schlaflied|berceuse|cancion de cuna|nana|nursery|cradle song",
     {towards(Goal::sleep, 1.5), plays(bells, .5), plays(harp, .4), plays(piano, .2),
      part(Stem::percussion, -.8), energy(-.3), tempo(-.2)}},
    {"space music",
     WordKind::genre,
     "outer space|space|cosmic|cosmos|galaxy|galaxies|galactic|starry|stars|nebula|universe|astral|"
     "sci fi|scifi|science fiction|spaceship|spacecraft|astronaut|nasa|planet|planets|futuristic|"
     "weltraum|weltall|espace|espacio|celestial|moon|moonlight|starlight|moonlit|lunar|orbit|zero "
     "gravity",
     {space(.7), plays(synth, .5), bright(-.1), dense(-.2), part(Stem::pads, .4),
      towards(Goal::relax, .2)}},
    {"experimental",
     WordKind::genre,
     "avant garde|glitch|glitchy|abstract|weird|strange|surreal|odd",
     {plays(synth, .4), plays(kalimba, .2), space(.2)}},
    {"retro",
     WordKind::genre,
     "vintage|nostalgic|nostalgia|old school|oldschool|old timey|old|dusty|70 s|seventies|60 s|"
     "sixties|50 s|90 s|nineties|1920 s|retrospective|sepia",
     {bright(-.3), around(vinyl, .4), plays(electric_piano, .3)}},
    {"christmas",
     WordKind::genre,
     "xmas|holiday|holidays|festive|weihnachten|weihnachtlich|noel|navidad|jingle",
     {plays(bells, .8), plays(choir, .3), bright(.2), mode(Mode::ionian)}},
    {"church",
     WordKind::genre,
     "cathedral|kirche|eglise|iglesia|monastery|hymn|hymns|worship|prayer|"
     "praying|religious|divine|liturgical|requiem",
     {plays(organ, .6), plays(choir, .6), space(.8), part(Stem::percussion, -.7), energy(-.2),
      towards(Goal::relax, .3)}},
};

}  // namespace

std::span<const Sense> genre_senses() { return kGenreSenses; }

}  // namespace focus::core::plan
