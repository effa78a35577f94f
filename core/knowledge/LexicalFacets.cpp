#include "core/knowledge/LexicalFacets.h"

#include "core/base/Words.h"
#include "core/knowledge/ItemTexts.h"

#include <numeric>

namespace transept {
namespace {

constexpr std::size_t valuesPerField = 8;

struct FieldUse
{
    std::map<std::string, std::int64_t> counts; ///< by value
    std::int64_t values = 0;
    std::int64_t characters = 0;
};

bool isCategorical(const FieldUse& use)
{
    constexpr double leastRepetition = 1.5;
    constexpr double longestMean = 32.0; ///< characters
    const auto values = static_cast<double>(use.values);
    return values >= leastRepetition * static_cast<double>(use.counts.size()) &&
           static_cast<double>(use.characters) <= longestMean * values;
}

double cosine(const SparseVector& a, const SparseVector& b)
{
    double sum = 0.0;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (left->first == right->first) {
            sum += static_cast<double>(left->second) * static_cast<double>(right->second);
        }
        const bool stepLeft = left->first <= right->first;
        const bool stepRight = right->first <= left->first;
        left += stepLeft ? 1 : 0;
        right += stepRight ? 1 : 0;
    }
    return sum;
}

/// True when a blank-separated key stands within another, at word ends.
bool isWithin(std::string_view part, std::string_view whole)
{
    const std::string padded = ' ' + std::string(whole) + ' ';
    return padded.find(' ' + std::string(part) + ' ') != std::string::npos;
}

/// The terms of a term's text, weighed as in the row, which has them all: a word is itself, a phrase its
/// words and itself.
SparseVector termsWithin(std::uint32_t number, const SparseVector& row, const Vocabulary& vocabulary)
{
    std::vector<std::uint32_t> numbers{number};
    std::string_view key = vocabulary.terms()[number].key;
    while (vocabulary.terms()[number].isPhrase && !key.empty()) {
        const std::size_t end = std::min(key.find(' '), key.size());
        if (const auto word = vocabulary.find(key.substr(0, end))) {
            numbers.push_back(*word);
        }
        key.remove_prefix(std::min(end + 1, key.size()));
    }
    SparseVector terms;
    double squares = 0.0;
    for (const auto& entry : row) {
        if (std::ranges::find(numbers, entry.first) != numbers.end()) {
            terms.push_back(entry);
            squares += static_cast<double>(entry.second) * static_cast<double>(entry.second);
        }
    }
    for (auto& [term, weight] : terms) {
        weight /= static_cast<float>(std::sqrt(squares));
    }
    return terms;
}

} // namespace

std::vector<std::string> categoricalFields(std::span<const ItemText> texts)
{
    std::map<std::string, FieldUse> uses;
    for (const ItemText& text : texts) {
        for (const auto& [name, value] : text.fields) {
            FieldUse& use = uses[name];
            for (const std::string& each : listedValues(value)) {
                ++use.counts[each];
                ++use.values;
                use.characters += static_cast<std::int64_t>(characterCount(each));
            }
        }
    }
    std::vector<std::string> fields;
    for (const auto& [name, use] : uses) {
        if (isCategorical(use)) {
            fields.push_back(name);
        }
    }
    return fields;
}

Result<LexicalFacets> LexicalFacets::over(std::span<const ItemText> texts,
                                          const Corpus& corpus,
                                          std::span<const std::string> categorical,
                                          int topicsPerItem)
{
    Result<Segmenter> segmenter = Segmenter::create();
    if (!segmenter) {
        return passOn(segmenter);
    }
    LexicalFacets facets(texts, corpus, topicsPerItem);
    for (const ItemText& text : texts) {
        for (const auto& [name, value] : text.fields) {
            if (std::ranges::find(categorical, name) == categorical.end()) {
                continue;
            }
            auto& values = facets.m_values[name];
            for (const std::string& each : listedValues(value)) {
                if (const auto [place, isNew] = values.try_emplace(each); isNew) {
                    place->second = corpus.vocabulary.weigh(*segmenter, each);
                }
            }
        }
    }
    return facets;
}

std::vector<LexicalFacet> LexicalFacets::of(std::size_t item) const
{
    const SparseVector& row = m_corpus->rows[item];
    std::vector<LexicalFacet> facets;
    for (const auto& [name, value] : m_texts[item].fields) {
        const auto field = m_values.find(name);
        if (field == m_values.end()) {
            continue;
        }
        std::vector<std::string> values = listedValues(value);
        values.resize(std::min(values.size(), valuesPerField));
        for (const std::string& each : values) {
            const SparseVector& terms = field->second.at(each);
            facets.push_back({{name, each, cosine(row, terms)}, terms});
        }
    }
    std::vector<std::uint32_t> ranked(row.size()); // places in the row
    std::iota(ranked.begin(), ranked.end(), 0U);
    std::ranges::stable_sort(ranked, std::greater(), [&](std::uint32_t place) { return row[place].second; });
    for (std::uint32_t& place : ranked) {
        place = row[place].first;
    }
    const std::size_t before = facets.size();
    addTopics(row, ranked, true, (m_topicsPerItem + 1) / 2, facets);
    addTopics(row, ranked, false, m_topicsPerItem - static_cast<int>(facets.size() - before), facets);
    for (std::size_t nth = before; nth < facets.size(); ++nth) {
        facets[nth].facet.weight = cosine(row, facets[nth].terms);
    }
    return facets;
}

void LexicalFacets::addTopics(const SparseVector& row,
                              std::span<const std::uint32_t> ranked,
                              bool phrases,
                              int wanted,
                              std::vector<LexicalFacet>& facets) const
{
    const std::span<const Term> terms = m_corpus->vocabulary.terms();
    for (const std::uint32_t number : ranked) {
        const Term& term = terms[number];
        // What a longer phrase or a field's value says already is not said again.
        const bool isSaid = std::ranges::any_of(facets, [&](const LexicalFacet& facet) {
            return std::ranges::any_of(
                facet.terms, [&](const auto& said) { return isWithin(term.key, terms[said.first].key); });
        });
        const bool isTopic = term.documents >= sharedByAtLeast && !parseReal(term.key).has_value();
        if (wanted <= 0 || term.isPhrase != phrases || !isTopic || isSaid) {
            continue;
        }
        facets.push_back({{phrases ? "keyphrase" : "topic", term.shown, 0.0},
                          termsWithin(number, row, m_corpus->vocabulary)});
        --wanted;
    }
}

} // namespace transept
