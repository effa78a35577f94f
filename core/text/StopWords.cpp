#include "core/text/StopWords.h"

#include <algorithm>
#include <array>

namespace transept {
namespace {

// Words of closed classes only (articles, pronouns, prepositions, conjunctions, auxiliaries), sorted by their
// bytes.
constexpr std::array stopWords = std::to_array<std::string_view>({
    "a",         "about",      "above",      "across",     "after",     "afterwards", "again",
    "against",   "all",        "almost",     "alone",      "along",     "already",    "also",
    "although",  "always",     "am",         "among",      "amongst",   "an",         "and",
    "another",   "any",        "anybody",    "anyhow",     "anyone",    "anything",   "anyway",
    "anywhere",  "are",        "aren't",     "around",     "as",        "at",         "be",
    "became",    "because",    "become",     "becomes",    "been",      "before",     "beforehand",
    "behind",    "being",      "below",      "beside",     "besides",   "between",    "beyond",
    "both",      "but",        "by",         "can",        "can't",     "cannot",     "could",
    "couldn't",  "did",        "didn't",     "do",         "does",      "doesn't",    "doing",
    "don't",     "done",       "down",       "due",        "during",    "each",       "either",
    "else",      "elsewhere",  "enough",     "etc",        "even",      "ever",       "every",
    "everybody", "everyone",   "everything", "everywhere", "except",    "few",        "for",
    "former",    "formerly",   "from",       "further",    "had",       "hadn't",     "has",
    "hasn't",    "have",       "haven't",    "having",     "he",        "he'd",       "he'll",
    "he's",      "hence",      "her",        "here",       "here's",    "hereby",     "herein",
    "hers",      "herself",    "him",        "himself",    "his",       "how",        "however",
    "i",         "i'd",        "i'll",       "i'm",        "i've",      "if",         "in",
    "indeed",    "instead",    "into",       "is",         "isn't",     "it",         "it's",
    "its",       "itself",     "just",       "latter",     "least",     "less",       "let's",
    "like",      "likely",     "many",       "may",        "maybe",     "me",         "meanwhile",
    "might",     "mine",       "more",       "moreover",   "most",      "mostly",     "much",
    "must",      "my",         "myself",     "namely",     "near",      "neither",    "nevertheless",
    "next",      "no",         "nobody",     "none",       "nor",       "not",        "nothing",
    "now",       "nowhere",    "of",         "off",        "often",     "on",         "once",
    "one",       "only",       "onto",       "or",         "other",     "others",     "otherwise",
    "ought",     "our",        "ours",       "ourselves",  "out",       "over",       "own",
    "per",       "perhaps",    "please",     "rather",     "really",    "same",       "seem",
    "seemed",    "seeming",    "seems",      "several",    "shall",     "shan't",     "she",
    "she'd",     "she'll",     "she's",      "should",     "shouldn't", "since",      "so",
    "some",      "somebody",   "somehow",    "someone",    "something", "sometime",   "sometimes",
    "somewhere", "still",      "such",       "than",       "that",      "that's",     "the",
    "their",     "theirs",     "them",       "themselves", "then",      "thence",     "there",
    "there's",   "thereafter", "thereby",    "therefore",  "therein",   "these",      "they",
    "they'd",    "they'll",    "they're",    "they've",    "this",      "those",      "though",
    "through",   "throughout", "thru",       "thus",       "to",        "together",   "too",
    "toward",    "towards",    "under",      "until",      "up",        "upon",       "us",
    "very",      "via",        "was",        "wasn't",     "we",        "we'd",       "we'll",
    "we're",     "we've",      "well",       "were",       "weren't",   "what",       "what's",
    "whatever",  "when",       "whenever",   "where",      "where's",   "whereas",    "whereby",
    "wherein",   "wherever",   "whether",    "which",      "while",     "whither",    "who",
    "who's",     "whoever",    "whole",      "whom",       "whose",     "why",        "will",
    "with",      "within",     "without",    "won't",      "would",     "wouldn't",   "yet",
    "you",       "you'd",      "you'll",     "you're",     "you've",    "your",       "yours",
    "yourself",  "yourselves", "一",         "一个",       "一些",      "一种",       "上",
    "下",        "不",         "与",         "並",         "个",        "中",         "为",
    "为了",      "之",         "之前",       "之后",       "也",        "了",         "于",
    "什么",      "从",         "他",         "他们",       "以",        "以及",       "们",
    "会",        "但",         "但是",       "你",         "你们",      "使",         "個",
    "們",        "关于",       "其",         "其中",       "其他",      "再",         "则",
    "到",        "則",         "即",         "却",         "卻",        "去",         "又",
    "及",        "另",         "另外",       "只",         "只是",      "可",         "可以",
    "各",        "向",         "吗",         "吧",         "呀",        "呢",         "和",
    "哦",        "哪",         "哪里",       "啊",         "因为",      "在",         "地",
    "她",        "她们",       "如果",       "它",         "它们",      "对",         "对于",
    "将",        "將",         "對",         "就",         "已",        "已经",       "并",
    "并且",      "很",         "得",         "從",         "怎么",      "我",         "我们",
    "或",        "所",         "所以",       "才",         "把",        "於",         "是",
    "更",        "最",         "會",         "有",         "来",        "某",         "此",
    "每",        "沒有",       "没",         "没有",       "為",        "然而",       "由",
    "的",        "着",         "等",         "等等",       "给",        "而",         "能",
    "自己",      "與",         "虽然",       "被",         "要",        "說",         "让",
    "该",        "说",         "谁",         "过",         "还",        "这",         "这个",
    "这些",      "这样",       "這",         "通过",       "過",        "還",         "那",
    "那个",      "那些",       "那样",       "都",         "里",
});
static_assert(std::ranges::is_sorted(stopWords));

} // namespace

bool isStopWord(std::string_view word)
{
    return std::ranges::binary_search(stopWords, word);
}

} // namespace transept
