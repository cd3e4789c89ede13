// SPDX-License-Identifier: MIT
#include "plan/lexicon.h"

namespace focus::core::plan {
namespace {

/// The words that structure a prompt: negations, amounts, conjunctions, and words without meaning
/// here.
constexpr Sense kSentenceSenses[] = {
    // Negations
    {"no", WordKind::refuse,
     "zero|0|never|no more|minus|instead of|rather than|non|kein|keine|keinen|keinerlei|"
     "pas de|nada de|aucun|aucune|ningun|nessun|not any|no a|no to"},
    {"not", WordKind::deny,
     "isnt|arent|aint|shouldnt be|nothing|nicht|pas|nothing that is|cant stand|sick of|tired of"},
    {"without", WordKind::without,
     "without any|ohne|sans|sin|senza|sem|free of|free from|avoid|avoiding|remove|skip|"
     "dont|do not|dont want|do not want|doesnt|dont need|dont like|do not like|dont use|"
     "hate|dislike|exclude|excluding|lose the|leave out|get rid of|anything but|"
     "everything but|all but|except|except for|neither|turn off|mute|cut the|kill the|"
     "drop the|wont|not a fan of|no fan of"},
    {"less", WordKind::less,
     "fewer|reduce|reduced|decrease|turn down|tone down|weniger|moins|moins de|menos|not much|"
     "not a lot of|not many|hardly any|barely any|go easy on|easy on the"},
    {"more", WordKind::more,
     "increase|turn up|mehr|plus de|mas|extra|additional|boost|emphasize|emphasis on|focus on"},
    {"too", WordKind::too, "too much|too many|overly|zu|trop|trop de|demasiado|demasiada"},
    {"none", WordKind::none, "off|nada|nope|free|zip"},
    // Bounds
    {"at most", WordKind::below,
     "under|below|max|maximum|no more than|not more than|less than|slower than|no faster than|"
     "not faster than|up to|not over|not above|no higher than|unter|never over|never above"},
    {"at least", WordKind::above,
     "over|above|minimum|more than|faster than|no less than|not less than|no slower than|"
     "not slower than|not under|not below|uber"},
    // Amounts
    {"a hint of", WordKind::amount, "hint|hints|trace|whiff|pinch|barely|faintly|hauch", {}, .4},
    {"a little",
     WordKind::amount,
     "little|bit|touch|dash|tad|slightly|slight|mildly|lightly|some hints of|occasional|"
     "occasionally|etwas|bisschen|ein wenig|wenig|ein bisschen|un peu|un peu de|peu|poco|un poco|"
     "un poco de|algo de|teensy|smidge|smidgen|not very much",
     {},
     .5},
    {"somewhat",
     WordKind::amount,
     "kind of|kinda|sort of|sorta|moderately|partly|relatively|semi",
     {},
     .7},
    {"fairly", WordKind::amount, "rather|quite|reasonably", {}, .9},
    {"mostly",
     WordKind::amount,
     "mainly|primarily|largely|predominantly|so|all about|pretty",
     {},
     1.2},
    {"very",
     WordKind::amount,
     "really|truly|highly|heavily|strongly|super|lots of|lots|lot|a lot of|loads|loads of|plenty|"
     "plenty of|much|many|sehr|viel|viele|tres|beaucoup|beaucoup de|muy|mucho|mucha|muchos|deeply|"
     "seriously|full of|real|damn|particularly|especially|vraiment|richtig|molto|way",
     {},
     1.5},
    {"extremely",
     WordKind::amount,
     "ultra|insanely|incredibly|hyper|mega|tons of|tons|totally|completely|absolutely|entirely|"
     "utterly|purely|pure|as possible|intensely|crazy|as it gets",
     {},
     1.8},
    // Joints
    {"and", WordKind::also, "und|et|y|n"},
    {"or", WordKind::either, "nor|oder|ou|ni|noch"},
    {"only", WordKind::only,
     "just|solely|exclusively|nothing but|nur|ausschliesslich|seulement|uniquement|rien que|"
     "solamente|unicamente|somente|apenas|soltanto"},
    {"nothing else", WordKind::only,
     "and nothing else|nothing more|and nothing more|no other instruments|no other sounds|"
     "sonst nichts|rien dautre|et rien dautre|nada mas|y nada mas|nada mais|e nada mais"},
    {"but", WordKind::turn,
     "with|instead|however|although|though|yet|because|while|plus|mit|avec|con|aber|"
     "mais|pero|solo con|along with|together with|as well as|then|dann|maybe|perhaps|"
     "not only|not just|i want|give me|make it"},
    // Words that are neither reported as understood nor as not understood
    {"music", WordKind::filler,
     "musical|musik|musique|musica|song|songs|track|tracks|tunes|piece|pieces|composition|"
     "compositions|playlist"},
    {"", WordKind::filler,
     "a|an|the|some|any|of|for|to|in|into|onto|on|at|by|from|as|is|are|be|was|were|been|being|it|"
     "its|this|that|these|those|i|me|my|mine|we|us|our|you|your|he|she|they|them|their|his|her|who|"
     "what|which|when|whenever|where|why|how|there|here|than|also|please|pls|plz|thanks|thank|can|"
     "could|would|should|will|shall|may|might|must|do|does|did|done|doing|have|has|had|having|want|"
     "wants|wanted|wanna|need|needs|needed|like|likes|liked|love|loves|loved|enjoy|prefer|"
     "preferably|give|gimme|make|makes|made|making|create|generate|compose|play|playing|plays|"
     "played|get|getting|let|lets|put|use|using|used|try|keep|keeps|keeping|include|including|"
     "includes|featuring|feature|features|contain|containing|audio|sound|sounds|sounding|mix|mixed|"
     "something|anything|everything|thing|things|stuff|kind|sort|type|"
     "style|styles|styled|vibe|vibes|feel|feels|feeling|mood|moods|tone|hello|hi|hey|bpm|tempo|key|"
     "scale|tuning|pace|speed|s|m|t|re|ve|ll|d|x|im|ive|id|youre|all|every|each|both|other|another|"
     "such|very own|same|own|am|go|going|gonna|help|helps|helping|able|best|good|great|nice|cool|"
     "awesome|perfect|beautiful|lovely|fine|ok|okay|yes|yeah|sure|well|even|still|always|ever|"
     "again|over and over|while i|during|through|throughout|around|about|across|up|down|out|if|"
     "dont mind|dont forget|do not forget|any kind of|some kind of|this kind of|that kind of|"
     "the kind of|what kind of|any sort of|listen|listening|hear|heard|hearing|someone|people|"
     "person|today|tonight|now|new|time|times|day|set|add|adding|added|instrument|instruments|"
     "instrumentation|elements|element|presence|level|levels|amount|volume|side|way to|ambience of|"
     "version|one|two|der|die|das|den|dem|des|ein|eine|einen|einem|einer|zum|zur|beim|bei|fur|fuer|"
     "im|auf|von|bitte|ich|mochte|will|le|la|les|l|un|une|du|de|pour|dans|sur|je|veux|voudrais|"
     "sil|vous|plait|el|los|las|una|unos|unas|para|en|por|favor|quiero|ist|sein|est|es|que|qui|"
     "don|w|ish|per|long|short|sitting|enough|bring|brings|turn|where i|want to|keep it|in the|"
     "type of|style of|inspired|inspired by|reminiscent|mode|tonality|range|average|between|"
     "approximately|approx|roughly|circa|ca|et cetera|etc|beats per minute|minute|playback|only "
     "me|before|after|until|late|early|next|first|last|once|more or less|about love|because "
     "of|together|against|simply|actually|basically|usually|typical|typically|similar|similar "
     "to|kind of like|sort of like"},
};

}  // namespace

std::span<const Sense> sentence_senses() { return kSentenceSenses; }

}  // namespace focus::core::plan
