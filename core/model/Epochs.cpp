#include "core/model/Epochs.h"

namespace transept {

Result<std::shared_ptr<const Model>> runEpochs(int epochs,
                                               const FitContext& context,
                                               const std::function<Result<double>(int)>& train,
                                               const std::function<std::shared_ptr<const Model>()>& model)
{
    std::shared_ptr<const Model> latest;
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const Result<double> loss = train(epoch);
        if (!loss) {
            return passOn(loss);
        }
        latest = model();
        if (context.onEpoch({.epoch = epoch, .trainLoss = *loss}, latest) == Verdict::Stop) {
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
