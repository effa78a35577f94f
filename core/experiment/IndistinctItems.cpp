#include "core/experiment/IndistinctItems.h"

#include <algorithm>
#include <unordered_map>

namespace transept {

IndistinctItems indistinctItems(std::span<const std::string> texts, std::span<const ItemId> ids)
{
    constexpr std::size_t mostGroups = 10;
    constexpr std::size_t mostExamples = 5;
    std::unordered_map<std::string_view, std::vector<std::size_t>> byText;
    IndistinctItems found;
    for (std::size_t item = 0; item < texts.size(); ++item) {
        if (!texts[item].empty()) {
            byText[texts[item]].push_back(item);
            ++found.items;
        }
    }
    std::vector<const std::vector<std::size_t>*> groups;
    for (const auto& [text, items] : byText) {
        if (items.size() > 1) {
            groups.push_back(&items);
            found.alike += static_cast<std::int64_t>(items.size());
        }
    }
    found.groups = static_cast<std::int64_t>(groups.size());
    std::ranges::sort(groups, [](const auto* a, const auto* b) {
        return a->size() != b->size() ? a->size() > b->size() : a->front() < b->front();
    });
    groups.resize(std::min(groups.size(), mostGroups));
    for (const std::vector<std::size_t>* items : groups) {
        IndistinctItems::Group& group = found.largest.emplace_back(
            IndistinctItems::Group{.items = static_cast<std::int64_t>(items->size())});
        for (std::size_t at = 0; at < std::min(items->size(), mostExamples); ++at) {
            group.examples.push_back(ids[(*items)[at]]);
        }
    }
    return found;
}

std::vector<std::string> vectorTexts(const KnowledgeVectors& vectors)
{
    std::vector<std::string> texts(static_cast<std::size_t>(vectors.rows()));
    for (Eigen::Index row = 0; row < vectors.rows(); ++row) {
        if (!vectors.isZero(row)) {
            const PlacedVector vector = vectors.at(row);
            const auto count = static_cast<std::size_t>(vectors.cols());
            const auto bytes = vector.floats != nullptr ? std::as_bytes(std::span(vector.floats, count))
                                                        : std::as_bytes(std::span(vector.halves, count));
            texts[static_cast<std::size_t>(row)].resize(bytes.size());
            std::memcpy(texts[static_cast<std::size_t>(row)].data(), bytes.data(), bytes.size());
        }
    }
    return texts;
}

std::vector<std::string> facetTexts(std::span<const std::vector<Facet>> facets)
{
    std::vector<std::string> texts(facets.size());
    for (std::size_t item = 0; item < facets.size(); ++item) {
        std::vector<std::string> parts;
        for (const Facet& facet : facets[item]) {
            parts.push_back(facet.name + '\0' + facet.text + '\0');
        }
        std::ranges::sort(parts);
        for (const std::string& part : parts) {
            texts[item] += part;
        }
    }
    return texts;
}

} // namespace transept
