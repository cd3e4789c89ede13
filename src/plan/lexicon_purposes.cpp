// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

using namespace push;

/// What the music is for, what is decided elsewhere, and what cannot be played.
constexpr Sense kPurposeSenses[] = {
    // Goals. They push nothing else, because the intensity determines how strong they are.
    {"focus",
     WordKind::quality,
     "focused|focusing|focussed|focussing|concentrate|concentrating|concentration|concentrated|"
     "study|studying|studies|studied|work|working|workday|deep work|deep focus|homework|"
     "productive|productivity|flow state|flow|adhd|add brain|exam|exams|exam prep|revision|revise|"
     "thesis|dissertation|learning|learn|office|job|attention|attentive|attentiveness|pomodoro|"
     "lernen|lern|arbeiten|arbeit|konzentration|konzentrieren|konzentriert|fokus|fokussieren|"
     "studieren|etudier|etudes|travail|travailler|concentrer|estudiar|estudio|trabajar|trabajo|"
     "concentrarme|concentracion|concentrarse|foco|school|college|university|zone|in the zone|"
     "mental clarity|clarity|task|tasks|brainwork|thinking|think|monotask|hyperfocus",
     {towards(Goal::focus, 1.6)}},
    {"relax",
     WordKind::quality,
     "relaxing|relaxed|relaxation|relaxes|relaxer|unwind|unwinding|wind down|winding down|de "
     "stress|"
     "destress|decompress|rest|resting|recover|recovery|recharge|self care|switch off|"
     "switch off my brain|entspannen|entspannung|entspannt|entspannend|entspannte|entspannende|"
     "relajar|relajarse|relajarme|relajante|relajacion|relajado|relaxant|relaxante|detente|"
     "detendre|repos|descansar|descanso|ausruhen|feierabend|soulager|de stressing|mindful moment",
     {towards(Goal::relax, 1.3)}},
    {"sleep",
     WordKind::quality,
     "sleeping|sleepy|sleeps|sleepier|asleep|fall asleep|falling asleep|go to sleep|bedtime|bed|"
     "nap|naps|napping|power nap|snooze|slumber|deep sleep|schlafen|schlaf|einschlafen|"
     "einschlafhilfe|dormir|sommeil|endormir|sleepytime|good night|goodnight|drift off|"
     "drifting off|drift away|doze|dozing|rem|sleep aid|nighty night|night sleep|drowsy|drowsiness|"
     "dormirme|dodo|siesta|schlummern|knock me out|trouble sleeping|hibernate",
     {towards(Goal::sleep, 1.6)}},
    {"insomnia",
     WordKind::quality,
     "insomniac|cant sleep|cannot sleep|sleepless|sleeplessness|schlaflos|schlaflosigkeit|"
     "insomnie|insomnio",
     {towards(Goal::sleep, 2)},
     0,
     true},
    {"energize",
     WordKind::quality,
     "energizing|energising|energise|energized|energised|energy boost|energy booster|wake up|"
     "waking up|wake me up|stay awake|awake|wide awake|workout|workouts|work out|working out|gym|"
     "exercise|exercises|exercising|fitness|training|running|run|runs|runner|jog|jogging|cardio|"
     "hiit|lifting|weightlifting|crossfit|cycling|bike|spinning|dance|dancing|danse|party|parties|"
     "pump|pump up|pump me up|pumped|hype|hyped|motivate|motivates|motivated|motivating|motivation|"
     "motivational|sport|sports|sportlich|aufwachen|wach|wachmacher|energie|energia|tanzen|tanz|"
     "laufen|joggen|danser|courir|bailar|correr|entrenar|entrenamiento|motivieren|motiver|athletic|"
     "marathon|boost me|get moving|get going|no sleep",
     {towards(Goal::energize, 1.5)}},
    // What people do to it
    {"coding",
     WordKind::quality,
     "code|coder|programming|program|programmer|programmieren|programmation|"
     "programar|hacking|hack|hackathon|developer|developers|dev|development|software|debugging|"
     "debug|engineering|engineer|math|maths|mathematics|spreadsheet|spreadsheets|data|data entry|"
     "admin|emails|email|paperwork",
     {towards(Goal::focus, 1.6), energy(.1)}},
    {"reading",
     WordKind::quality,
     "read|reads|book|books|novel|novels|lesen|lire|lecture|leer|lectura|literature|essay",
     {towards(Goal::focus, 1.4), dense(-.3), energy(-.2)}},
    {"writing",
     WordKind::quality,
     "write|writer|writers|schreiben|ecrire|escribir|journaling|journal|blogging|poetry|poem|"
     "drawing|draw|painting|paint|sketching|creative|creativity|create art|art|designing|design|"
     "crafting|crafts|knitting|brainstorming|brainstorm|puzzle|puzzles|chess",
     {towards(Goal::focus, 1.4), dense(-.1), energy(-.05)}},
    {"chores",
     WordKind::quality,
     "cleaning|cleaning the house|house cleaning|clean|cooking|cook|kitchen|housework|"
     "house chores|tidying|laundry|dishes|ironing|baking|gardening",
     {towards(Goal::energize, .8), bright(.2)}},
    {"travel",
     WordKind::quality,
     "travelling|traveling|driving home|while driving|for driving|car ride|road "
     "trip|roadtrip|commute|commuting|commuter|"
     "train ride|train|bus|flight|flying|airplane|plane|car|journey|walk|walking|walks|hiking|"
     "hike|wandering|reisen|reise|voyage|viaje|adventure|adventurous|exploration|explore",
     {towards(Goal::focus, .3), energy(.1)}},
    {"meditation",
     WordKind::quality,
     "meditate|meditating|meditative|meditations|meditieren|mediter|meditar|meditacion|mindfulness|"
     "mindful|breathing|breathwork|breathe|breath|contemplation|introspection|body scan|awareness|"
     "savasana|nidra|yoga nidra|transcendental|hypnotherapy|therapy",
     {towards(Goal::relax, 1.4), dense(-.4), energy(-.4), space(.3), part(Stem::percussion, -.5)}},
    {"yoga",
     WordKind::quality,
     "yin yoga|vinyasa|pilates|stretching|stretch|stretches|tai chi|qigong|qi gong|asana",
     {towards(Goal::relax, 1.3), dense(-.2), energy(-.2), space(.2)}},
    {"baby",
     WordKind::quality,
     "babies|newborn|infant|infants|toddler|child|children|kids|kid|bebe|enfant|enfants|nino|ninos|"
     "kinder|saugling|nursing",
     {towards(Goal::sleep, .8), energy(-.3), bright(-.1), part(Stem::percussion, -.6)}},
    {"pets",
     WordKind::quality,
     "pet|dog|dogs|cat|cats|puppy|kitten|hund|katze|chien|chat|perro|gato",
     {towards(Goal::relax, .6), energy(-.2)}},
    {"stress",
     WordKind::quality,
     "stressed|stressful|stress relief|stressed out|anti stress|antistress|anxiety|anxious|"
     "anxiety relief|worry|worried|panic|panicking|overthinking|overwhelmed|burnout|burned "
     "out|burnt out|"
     "angst|stresse|estres|estresado|ansiedad|anxiete|headache|migraine|pain|sick|hangover|"
     "exhausted|tired|fatigue|mude|cansado|racing thoughts|heal|relief|nervousness",
     {towards(Goal::relax, .9), energy(-.3), dense(-.1)},
     0,
     true},
    // Things that the prompt does not decide
    {"length",
     WordKind::settled,
     "hours|hour|minutes|mins|min|seconds|stunden|stunde|minuten|heures|heure|horas|hora|minutos|h|"
     "hr|hrs|endless|forever|nonstop|non stop|continuous|all night|all day|24 7|lange|night long|"
     "whole night|10 h|8 h|long lasting|uninterrupted",
     {},
     0,
     true,
     "no change: how long it plays is set apart"},
    {"quality of sound",
     WordKind::settled,
     "high quality|hq|hifi|hi fi|studio quality|hd|4 k|stereo|royalty free|copyright free|ad free|"
     "no ads|ads|advertising|professional|well produced|high fidelity",
     {},
     0,
     true,
     "no change: it always is"},
    // Words that are known only so that they are not respelt as others
    {"binaural", WordKind::unheard,
     "binaural beats|binaural beat|isochronic|isochronic tones|solfeggio|solfeggio frequencies|"
     "alpha waves|beta waves|theta waves|delta waves|gamma waves|brain waves|brainwaves|brain wave|"
     "alpha|theta|delta|gamma|hz|hertz|432 hz|528 hz|40 hz|8 d audio|8 d|asmr|sine wave|sine waves|"
     "sound waves|subliminal|frequency|frequencies|432|528"},
    {"live stream", WordKind::unheard,
     "livestream|twitch stream|youtube stream|streaming|stream of consciousness|streamer|twitch|"
     "youtube|spotify|video|videos|vlog|podcast|tiktok|instagram|reel|reels"},
    {"birds", WordKind::unheard,
     "bird|birdsong|bird song|bird songs|birdsongs|singing birds|birds singing|chirping|"
     "chirping birds|birds chirping|vogel|vogelgesang|oiseaux|pajaros|owl|owls|seagull|seagulls|"
     "passaros|whale|whales|frog|frogs|cricket|crickets|cicada|cicadas|insects"},
    {"heartbeat", WordKind::unheard,
     "heart beat|heart beats|heartbeats|heart rate|fire alarm|beats me"},
};

}  // namespace

std::span<const Sense> purpose_senses() { return kPurposeSenses; }

}  // namespace focus::core::plan
