#pragma once

#include "core/model/BlendModel.h"

#include <string_view>

namespace transept {

/// Says how good a blend of these parts is on validation data, for one set of weights after another. Where
/// the run says what its validation part is, the calibrated scores of its users are computed once and kept:
/// of all of them, or of as many, drawn by the seed, as there is room for.
class BlendJudge
{
public:
    /// `context` outlives it, and has validate().
    static Result<BlendJudge> of(const Parts& parts,
                                 const Calibration& calibration,
                                 const FitContext& context);

    /// Higher is better; a weight a part.
    double quality(std::span<const double> weights) const;

private:
    BlendJudge(const Parts& parts, Calibration calibration, const FitContext& context);
    Status keepScores();

    Parts m_parts;
    Calibration m_calibration;
    const FitContext* m_context;
    bool m_ratings;
    std::vector<UserRow> m_users;                      ///< ascending; empty: nothing is kept
    std::vector<std::shared_ptr<const Matrix>> m_kept; ///< by part: m_users x items
};

/// The name among a run's diagnostics of how many parts have their given weights although these were to be
/// chosen on validation, of which there was none.
inline constexpr std::string_view givenWeightsName = "parts with given weights";

/// Whether tellWeights() tells this of a part.
bool isWeight(std::string_view diagnostic);

/// Tells the weights as diagnostics of the run, and whether they are the given ones for want of validation.
void tellWeights(std::span<const double> weights, bool wereToBeChosen, const FitContext& context);

/// So many scores of all parts are kept at most while weights are searched: 256 MB.
inline constexpr std::size_t mostKeptScores = std::size_t{1} << 26U;

/// Whether somebody is to be recommended what stands in the validation part.
bool isRelevant(const Validation& validation, const Event& event);

/// The best of these sets of weights, the first among equals.
Result<std::vector<double>> bestWeights(const BlendJudge& judge,
                                        std::span<const std::vector<double>> candidates,
                                        const FitContext& context);

/// The blend of standardised parts by the best of the candidates; by the given weights when there are no
/// candidates or there is no validation part.
Result<std::shared_ptr<const Model>> blended(const Parts& parts,
                                             std::vector<double> given,
                                             std::span<const std::vector<double>> candidates,
                                             const FitContext& context);

/// Searches from `start`, one weight at a time by ever smaller factors, each step taken when validation is
/// better for it; also from every part alone and from equal weights, if those are better to begin with. The
/// result adds up to 1.
Result<std::vector<double>> searchedWeights(const BlendJudge& judge,
                                            const std::vector<double>& start,
                                            const FitContext& context);

/// The same proportions with the sum 1.
std::vector<double> normalised(std::vector<double> weights);

} // namespace transept
