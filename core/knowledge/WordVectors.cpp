#include "core/knowledge/WordVectors.h"

#include "core/base/Interruptible.h"
#include "core/base/Parallel.h"

#include <Eigen/Eigenvalues>

namespace transept {
namespace {

/// Where a term stands.
struct Occurrence
{
    std::uint32_t document = 0;
    std::uint32_t place = 0;
};

/// The occurrences of all terms, one term after the other, in the order of the documents.
struct Occurrences
{
    std::vector<std::size_t> starts;
    std::vector<Occurrence> places;

    std::span<const Occurrence> of(std::size_t term) const
    {
        return {places.data() + starts[term], starts[term + 1] - starts[term]};
    }
};

Result<Occurrences> occurrencesOf(const TermSequences& sequences,
                                  std::size_t terms,
                                  const JobContext& context)
{
    Occurrences all{std::vector<std::size_t>(terms + 1), std::vector<Occurrence>(sequences.tokens.size())};
    for (const Token& token : sequences.tokens) {
        ++all.starts[token.word + 1];
    }
    std::partial_sum(all.starts.begin(), all.starts.end(), all.starts.begin());
    std::vector<std::size_t> next(all.starts.begin(), all.starts.end() - 1);
    for (std::size_t document = 0; document < sequences.documentCount(); ++document) {
        if (const Status goOn = everyFewThousand(document, context); !goOn) {
            return passOn(goOn);
        }
        const auto tokens = sequences.document(document);
        for (std::size_t place = 0; place < tokens.size(); ++place) {
            all.places[next[tokens[place].word]++] = {static_cast<std::uint32_t>(document),
                                                      static_cast<std::uint32_t>(place)};
        }
    }
    return all;
}

/// The tokens before and after a place that are within the window.
template<typename OnContext>
void forEachContext(std::span<const Token> document,
                    std::size_t place,
                    std::size_t window,
                    const OnContext& onContext)
{
    const std::size_t first = place - std::min(place, window);
    const std::size_t last = std::min(document.size(), place + window + 1);
    for (std::size_t at = first; at < last; ++at) {
        if (at != place) {
            onContext(document[at].word);
        }
    }
}

/// n(c) of all terms, which is n(w) too.
std::vector<double> contextCounts(const TermSequences& sequences, std::size_t terms, std::size_t window)
{
    std::vector<double> counts(terms);
    for (std::size_t document = 0; document < sequences.documentCount(); ++document) {
        const auto tokens = sequences.document(document);
        for (std::size_t place = 0; place < tokens.size(); ++place) {
            const std::size_t before = std::min(place, window);
            const std::size_t after = std::min(tokens.size() - place - 1, window);
            counts[tokens[place].word] += static_cast<double>(before + after);
        }
    }
    return counts;
}

/// The rows of some terms, made one after the other.
class RowMaker
{
public:
    RowMaker(const TermSequences& sequences,
             std::span<const double> counts,
             std::span<const double> smoothed,
             const WordVectorOptions& options)
        : m_sequences(sequences)
        , m_counts(counts)
        , m_smoothed(smoothed)
        , m_window(static_cast<std::size_t>(options.window))
        , m_shift(std::log(options.shift))
        , m_seen(counts.size())
    {
        for (const double each : smoothed) {
            m_total += each;
        }
    }

    SparseRow row(std::size_t word, std::span<const Occurrence> occurrences)
    {
        std::vector<std::uint32_t> contexts;
        for (const Occurrence& each : occurrences) {
            forEachContext(
                m_sequences.document(each.document), each.place, m_window, [&](std::uint32_t context) {
                    if (m_seen[context]++ == 0) {
                        contexts.push_back(context);
                    }
                });
        }
        std::ranges::sort(contexts);
        SparseRow row;
        for (const std::uint32_t context : contexts) {
            const double together = std::exchange(m_seen[context], 0U);
            const double information =
                std::log(together * m_total / (m_counts[word] * m_smoothed[context])) - m_shift;
            if (information > 0.0) {
                row.columns.push_back(static_cast<std::int32_t>(context));
                row.values.push_back(static_cast<float>(information));
            }
        }
        return row;
    }

private:
    const TermSequences& m_sequences;
    std::span<const double> m_counts;
    std::span<const double> m_smoothed;
    std::size_t m_window;
    double m_shift;
    double m_total = 0.0;
    std::vector<std::uint32_t> m_seen; ///< by context; zeros between rows
};

/// U sqrt(Sigma)
Matrix wordVectors(TruncatedSvd&& svd)
{
    for (Eigen::Index column = 0; column < svd.left.cols(); ++column) {
        svd.left.col(column) /=
            static_cast<float>(std::sqrt(svd.singularValues[static_cast<std::size_t>(column)]));
    }
    return std::move(svd.left);
}

std::vector<float> inverseFrequencies(const TermSequences& sequences, std::size_t terms, double sif)
{
    std::vector<double> counts(terms);
    double total = 0.0;
    for (const Token& token : sequences.tokens) {
        counts[token.word] += static_cast<double>(token.weight);
        total += static_cast<double>(token.weight);
    }
    std::vector<float> weights(terms);
    std::ranges::transform(counts, weights.begin(), [&](double count) {
        return static_cast<float>(sif / (sif + count / std::max(total, 1.0)));
    });
    return weights;
}

} // namespace

Result<SparseRows> positiveInformation(const TermSequences& sequences,
                                       std::size_t terms,
                                       const WordVectorOptions& options,
                                       const JobContext& context)
{
    constexpr std::size_t wordsPerBlock = 64;
    const Result<Occurrences> occurrences = occurrencesOf(sequences, terms, context);
    if (!occurrences) {
        return passOn(occurrences);
    }
    const std::vector<double> counts =
        contextCounts(sequences, terms, static_cast<std::size_t>(options.window));
    std::vector<double> smoothed(terms);
    std::ranges::transform(
        counts, smoothed.begin(), [&](double count) { return std::pow(count, options.smoothing); });
    std::vector<SparseRows> blocks((terms + wordsPerBlock - 1) / wordsPerBlock);
    forEachBlock(terms, wordsPerBlock, [&](std::size_t block, std::size_t first, std::size_t last) {
        RowMaker maker(sequences, counts, smoothed, options);
        for (std::size_t word = first; word < last && context.checkpoint(); ++word) {
            blocks[block].append(maker.row(word, occurrences->of(word)));
        }
    });
    if (const Status goOn = context.checkpoint(); !goOn) {
        return passOn(goOn);
    }
    SparseRows all{.columnCount = terms};
    for (SparseRows& block : blocks) {
        all.append(block);
        block = {};
    }
    return all;
}

Result<WordSpace> WordSpace::over(const Corpus& corpus,
                                  const WordVectorOptions& options,
                                  const JobContext& context)
{
    const std::size_t terms = corpus.vocabulary.terms().size();
    const Result<SparseRows> information = positiveInformation(corpus.sequences, terms, options, context);
    if (!information) {
        return passOn(information);
    }
    Result<TruncatedSvd> svd = truncatedSvd(*information, {.rank = options.dimension}, context);
    if (!svd) {
        return passOn(svd);
    }
    WordSpace space;
    space.m_words = wordVectors(std::move(*svd));
    space.m_weights = inverseFrequencies(corpus.sequences, terms, options.sif);
    const Status placed = space.takeItems(corpus, context).and_then([&] { return space.findFirst(context); });
    return placed ? Result<WordSpace>(std::move(space)) : passOn(placed);
}

Status WordSpace::takeItems(const Corpus& corpus, const JobContext& context)
{
    m_items = Matrix::Zero(static_cast<Eigen::Index>(corpus.rows.size()), m_words.cols());
    forEachBlock(corpus.rows.size(), 256, [&](std::size_t, std::size_t first, std::size_t last) {
        if (!context.checkpoint()) {
            return;
        }
        for (std::size_t at = first; at < last; ++at) {
            auto item = m_items.row(static_cast<Eigen::Index>(at));
            float length = 0.0F;
            for (const Token& token : corpus.sequences.document(at)) {
                item += token.weight * m_weights[token.word] * m_words.row(token.word);
                length += token.weight;
            }
            if (length > 0.0F) {
                item /= length;
            }
        }
    });
    return context.checkpoint();
}

StoredTextSpace WordSpace::stored() const
{
    return {.vocabulary = {},
            .fields = {},
            .dimension = dimension(),
            .basis = {m_words.data(), m_words.data() + m_words.size()},
            .weights = m_weights,
            .first = {m_first.begin(), m_first.end()}};
}

Result<WordSpace> WordSpace::restore(const StoredTextSpace& stored, const Vocabulary& vocabulary)
{
    const std::size_t terms = vocabulary.terms().size();
    const auto dimension = static_cast<std::size_t>(stored.dimension);
    if (stored.basis.size() != terms * dimension || stored.weights.size() != terms ||
        stored.first.size() != dimension) {
        return damagedSpace();
    }
    const Eigen::Index width = stored.dimension;
    WordSpace space;
    space.m_words = Eigen::Map<const Matrix>(stored.basis.data(), static_cast<Eigen::Index>(terms), width);
    space.m_weights = stored.weights;
    space.m_first = Eigen::Map<const Eigen::RowVectorXf>(stored.first.data(), width);
    return space;
}

Status WordSpace::findFirst(const JobContext& context)
{
    const Eigen::Index width = m_items.cols();
    m_first = Eigen::RowVectorXf::Zero(width);
    if (width == 0) {
        return {};
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(gramOf(m_items, context)); // values ascend
    m_first = eigen.eigenvectors().col(width - 1).transpose().cast<float>();
    return context.checkpoint();
}

/// What remains of a vector that lies in the first direction is rounding, and no direction.
std::vector<float> WordSpace::withoutFirst(const Eigen::RowVectorXf& vector) const
{
    constexpr double rounding = 1e-5;
    return unitVector(vector - vector.dot(m_first) * m_first,
                      std::max(rounding * vector.cast<double>().norm(), 1e-12));
}

std::vector<float> WordSpace::vectorOf(std::size_t item) const
{
    return withoutFirst(m_items.row(static_cast<Eigen::Index>(item)));
}

std::vector<float> WordSpace::placeOf(const SparseVector& terms) const
{
    Eigen::RowVectorXf sum = Eigen::RowVectorXf::Zero(m_words.cols());
    for (const auto& [term, weight] : terms) {
        sum += m_weights[term] * m_words.row(term);
    }
    std::vector<float> place = withoutFirst(sum);
    place.resize(static_cast<std::size_t>(m_words.cols()));
    return place;
}

} // namespace transept
