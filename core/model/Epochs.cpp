#include "core/model/Epochs.h"

namespace transept {
namespace {

using Exchange = std::function<void(TrainingState&)>;

std::string stateAfter(int epoch, const Exchange& exchange)
{
    TrainingState state;
    state.value(epoch);
    exchange(state);
    return std::move(state).bytes();
}

/// Brings a training that was just started to where it was interrupted; returns the epoch after which that
/// was.
Result<int> resume(std::string_view bytes, int epochs, const Exchange& exchange)
{
    TrainingState state(bytes);
    int epoch = 0;
    state.value(epoch);
    if (state.ok() && exchange) {
        exchange(state);
    }
    if (!state.finished() || epoch < 1 || epoch >= epochs) {
        return unusableCheckpoint();
    }
    return epoch;
}

} // namespace

Result<std::shared_ptr<const Model>> runEpochs(int epochs,
                                               const FitContext& context,
                                               const std::function<Result<double>(int)>& train,
                                               const std::function<std::shared_ptr<const Model>()>& model,
                                               const std::function<void(TrainingState&)>& exchange)
{
    const Result<int> done = context.resume.empty() ? 0 : resume(context.resume, epochs, exchange);
    if (!done) {
        return passOn(done);
    }
    std::shared_ptr<const Model> latest;
    for (int epoch = *done + 1; epoch <= epochs; ++epoch) {
        const Result<double> loss = train(epoch);
        if (!loss) {
            return passOn(loss);
        }
        latest = model();
        EpochReport report{.epoch = epoch, .trainLoss = *loss};
        if (exchange && epoch < epochs) {
            report.state = [&] { return stateAfter(epoch, exchange); };
        }
        if (context.onEpoch(report, latest) == Verdict::Stop) {
            break;
        }
    }
    return latest;
}

void reportEpoch(const JobContext& job, int epoch, int epochs, double fraction)
{
    job.progress({.fraction = (epoch - 1 + fraction) / epochs,
                  .stage = TRANSLATABLE("stages", "Training"),
                  .done = epoch - 1,
                  .total = epochs});
}

tl::unexpected<Error> unusableCheckpoint()
{
    return fail(ErrorCode::InvalidInput,
                TRANSLATABLE("errors",
                             "The checkpoint does not belong to this training or is damaged, and was thrown "
                             "away. Start the run again: it begins anew."));
}

tl::unexpected<Error> diverged(int epoch, double learningRate)
{
    return fail(ErrorCode::Diverged,
                TRANSLATABLE(
                    "errors",
                    "The training diverged in epoch %1: its numbers are no longer finite. Lower the learning "
                    "rate (now %2) or raise the regularisation."),
                {std::to_string(epoch), fmt::format("{:g}", learningRate)});
}

} // namespace transept
