// A vocabulary as it is stored, and made again from that.

#include "core/base/Json.h"
#include "core/text/Vocabulary.h"

namespace transept {
namespace {

tl::unexpected<Error> damaged(std::string detail = {})
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors", "A stored vocabulary is damaged."),
                {},
                std::move(detail));
}

/// The parts of a key that are stems; more than three for none of ours.
std::vector<std::string_view> stemsOf(std::string_view key)
{
    std::vector<std::string_view> stems;
    while (!key.empty()) {
        const std::size_t end = std::min(key.find(' '), key.size());
        stems.push_back(key.substr(0, end));
        key.remove_prefix(std::min(end + 1, key.size()));
    }
    return stems;
}

struct StoredTerms
{
    std::vector<std::string> keys;
    std::vector<std::string> shown;
    std::vector<std::int64_t> documents;
    std::vector<float> weights;
};

/// InvalidInput when the lists are no terms of one vocabulary.
Result<std::vector<Term>> termsOf(const StoredTerms& stored)
{
    const std::size_t count = stored.keys.size();
    const bool isWhole =
        stored.shown.size() == count && stored.documents.size() == count && stored.weights.size() == count;
    std::vector<Term> terms;
    for (std::size_t at = 0; isWhole && at < count; ++at) {
        const std::size_t stems = stemsOf(stored.keys[at]).size();
        const bool ascends = at == 0 || stored.keys[at - 1] < stored.keys[at];
        if (!ascends || stems == 0 || stems > 3) {
            break;
        }
        terms.push_back({.key = stored.keys[at],
                         .shown = stored.shown[at],
                         .documents = stored.documents[at],
                         .inverseFrequency = stored.weights[at],
                         .isPhrase = stems > 1});
    }
    if (!isWhole || terms.size() != count) {
        return damaged();
    }
    return terms;
}

} // namespace

std::string Vocabulary::serialised() const
{
    StoredTerms stored;
    for (const Term& term : m_terms) {
        stored.keys.push_back(term.key);
        stored.shown.push_back(term.shown);
        stored.documents.push_back(term.documents);
        stored.weights.push_back(term.inverseFrequency);
    }
    std::set<std::string> others; // stems that are no terms: they stand between words and make texts longer
    for (const auto& [stem, number] : m_stemNumbers) {
        if (m_termOfStem[number] == noTerm) {
            others.insert(stem);
        }
    }
    const Json document{
        {"stemmers", std::vector<std::string>(m_languages.stemmers().begin(), m_languages.stemmers().end())},
        {"languages", m_languages.places()},
        {"mean_length", m_meanLength},
        {"stop_words", m_options.words.stopWords},
        {"more_stop_words", m_options.words.moreStopWords},
        {"bm25", m_options.weighting == Weighting::Bm25},
        {"k1", m_options.k1},
        {"b", m_options.b},
        {"keys", stored.keys},
        {"shown", stored.shown},
        {"documents", stored.documents},
        {"weights", stored.weights},
        {"others", others}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Vocabulary> Vocabulary::restore(std::string_view serialised)
{
    Vocabulary vocabulary;
    VocabularyOptions& options = vocabulary.m_options;
    StoredTerms stored;
    std::vector<std::string> others;
    std::vector<std::string> stemmers;
    std::map<std::string, std::uint8_t> places;
    try {
        const Json document = Json::parse(serialised);
        stored = {.keys = document.at("keys"),
                  .shown = document.at("shown"),
                  .documents = document.at("documents"),
                  .weights = document.at("weights")};
        document.at("stemmers").get_to(stemmers);
        document.at("languages").get_to(places);
        document.at("others").get_to(others);
        document.at("mean_length").get_to(vocabulary.m_meanLength);
        document.at("stop_words").get_to(options.words.stopWords);
        document.at("more_stop_words").get_to(options.words.moreStopWords);
        document.at("k1").get_to(options.k1);
        document.at("b").get_to(options.b);
        options.weighting = document.at("bm25").get<bool>() ? Weighting::Bm25 : Weighting::TfIdf;
    } catch (const Json::exception& wrong) {
        return damaged(wrong.what());
    }
    Result<std::vector<Term>> terms = termsOf(stored);
    const auto isKnown = [&](const auto& place) { return place.second < stemmers.size(); };
    const bool canWeigh =
        vocabulary.m_meanLength > 0.0 && options.k1 >= 0.0 && options.b >= 0.0 && options.b <= 1.0;
    if (!terms || stemmers.empty() || !std::ranges::all_of(places, isKnown) || !canWeigh) {
        return damaged();
    }
    vocabulary.m_rule = StemRule(options.words, stemmers);
    vocabulary.m_languages = LanguageRule(std::move(stemmers), std::move(places));
    vocabulary.m_terms = std::move(*terms);
    for (const std::string& stem : others) {
        (void)vocabulary.numberOfStem(stem);
    }
    vocabulary.indexTerms();
    return vocabulary;
}

std::uint32_t Vocabulary::numberOfStem(std::string_view stem)
{
    const auto [entry, isNew] =
        m_stemNumbers.try_emplace(std::string(stem), static_cast<std::uint32_t>(m_termOfStem.size()));
    if (isNew) {
        m_termOfStem.push_back(noTerm);
    }
    return entry->second;
}

/// Finds the terms by their stems again. A phrase of three is found by its first two, so these are a phrase
/// as well, whether or not they are a term.
void Vocabulary::indexTerms()
{
    std::vector<Phrase> pairs;
    std::vector<Phrase> triples;
    std::vector<std::uint32_t> ofPair;
    std::vector<std::uint32_t> ofTriple;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> places;
    const auto pairOf = [&](std::uint32_t a, std::uint32_t b) {
        const auto [place, isNew] = places.try_emplace({a, b}, pairs.size());
        if (isNew) {
            pairs.push_back({.stems = {a, b, noStem}, .shown = {}});
            ofPair.push_back(noTerm);
        }
        return place->second;
    };
    for (std::uint32_t term = 0; term < m_terms.size(); ++term) {
        std::vector<std::uint32_t> stems;
        for (const std::string_view stem : stemsOf(m_terms[term].key)) {
            stems.push_back(numberOfStem(stem));
        }
        if (stems.size() == 1) {
            m_termOfStem[stems[0]] = term;
        } else if (stems.size() == 2) {
            ofPair[pairOf(stems[0], stems[1])] = term;
        } else {
            (void)pairOf(stems[0], stems[1]);
            triples.push_back({.stems = {stems[0], stems[1], stems[2]}, .shown = {}});
            ofTriple.push_back(term);
        }
    }
    pairs.insert(pairs.end(), triples.begin(), triples.end());
    ofPair.insert(ofPair.end(), ofTriple.begin(), ofTriple.end());
    m_phrases = PhraseIndex(pairs);
    m_termOfPhrase = std::move(ofPair);
}

} // namespace transept
