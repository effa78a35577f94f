#pragma once

#include "core/text/Tokens.h"

#include <array>
#include <unordered_map>

namespace transept {

/// Two or three stems that follow each other.
struct Phrase
{
    std::array<std::uint32_t, 3> stems{noStem, noStem, noStem}; ///< the third is noStem for a pair
    std::int64_t documents = 0;
    bool isAssociated = false; ///< they stand together more often than chance would have it
    std::string shown;         ///< as it stands at its first place, with stop words: "lord of the rings"
};

struct PhraseOptions
{
    bool associated = true; ///< take the stems that belong together
    std::int64_t minDocuments = 3;
    /// Least normalised pointwise mutual information over documents, -1 ... 1 (Bouma 2009): ln(p(ab) /
    /// p(a)p(b)) / -ln p(ab).
    double minAssociation = 0.3;
    /// Take every run of up to so many stems that `runDocuments` hold, whether or not they belong together.
    int runLength = 1;
    std::int64_t runDocuments = 2;
};

/// Pairs, then triples both of whose inner pairs are phrases (Agrawal and Srikant 1994), each group in the
/// order of first appearance. `stemDocuments` counts the documents of each stem.
Result<std::vector<Phrase>> findPhrases(const Tokens& tokens,
                                        std::span<const std::int64_t> stemDocuments,
                                        const PhraseOptions& options,
                                        const JobContext& context);

/// Finds the numbers of known phrases by their stems.
class PhraseIndex
{
public:
    PhraseIndex() = default;
    explicit PhraseIndex(std::span<const Phrase> phrases);

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t find(std::uint32_t a, std::uint32_t b) const;
    std::uint32_t find(std::uint32_t a, std::uint32_t b, std::uint32_t c) const;

private:
    std::unordered_map<std::uint64_t, std::uint32_t> m_pairs;
    std::unordered_map<std::uint64_t, std::uint32_t> m_triples; ///< by (number of the first pair, third stem)
};

} // namespace transept
