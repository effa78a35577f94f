#include "ui/compare/ResultCharts.h"

#include "core/experiment/ResultCurves.h"
#include "ui/runs/MeasureTitle.h"
#include "ui/text/Numbers.h"
#include "ui/text/Sentences.h"

namespace transept::ui {
namespace {

constexpr double normalQuantile = 1.959964; // of a 95 % interval

} // namespace

RocCard::RocCard(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : ResultCard(QStringLiteral("rocCurves"), session, dialogs, parent)
{
    chart()->setReference(LineChart::Reference::Diagonal);
}

ResultCard::Work RocCard::workFor(const std::vector<RunId>& missing) const
{
    return [missing](const Workspace& workspace, const JobContext& context) {
        return drawnOf(missing, [&](RunId run) -> Result<Drawn> {
            const Status goOn = context.checkpoint();
            const Result<RunRoc> roc = goOn ? rocOf(workspace, run) : passOn(goOn);
            if (!roc) {
                return passOn(roc);
            }
            Drawn drawn{.x = {}, .y = {}, .low = {}, .high = {}, .figures = {roc->area, roc->relevant}};
            for (const RocPoint& point : roc->curve) {
                drawn.x.push_back(point.falsePositives);
                drawn.y.push_back(point.truePositives);
            }
            reduce(drawn);
            return drawn;
        });
    };
}

QString RocCard::titleText() const
{
    return tr("ROC curves");
}

QString RocCard::nothingText() const
{
    return tr("None of these runs predicts ratings: scores that only rank have no ROC curve.");
}

QString RocCard::noteOf(const Drawn& drawn) const
{
    return tr("area %1, relevant from %2", "a share, a rating")
        .arg(numbers::real(drawn.figures[0], 4), numbers::exactly(drawn.figures[1]));
}

void RocCard::nameAxes()
{
    chart()->setXName(tr("false positives"));
    chart()->setAxisTitles(tr("false positives among the other pairs"), tr("true positives"));
}

CalibrationCard::CalibrationCard(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : ResultCard(QStringLiteral("calibrationCurves"), session, dialogs, parent)
{
    chart()->setReference(LineChart::Reference::Diagonal);
}

ResultCard::Work CalibrationCard::workFor(const std::vector<RunId>& missing) const
{
    return [missing](const Workspace& workspace, const JobContext& context) {
        return drawnOf(missing, [&](RunId run) -> Result<Drawn> {
            const Status goOn = context.checkpoint();
            const auto bins = goOn ? calibrationOf(workspace, run) : passOn(goOn);
            if (!bins) {
                return passOn(bins);
            }
            Drawn drawn;
            for (const CalibrationBin& bin : *bins) {
                const double half = normalQuantile * bin.standardError;
                drawn.x.push_back(bin.meanPrediction);
                drawn.y.push_back(bin.meanTruth);
                drawn.low.push_back(bin.meanTruth - half);
                drawn.high.push_back(bin.meanTruth + half);
            }
            return drawn;
        });
    };
}

QString CalibrationCard::titleText() const
{
    return tr("Predicted and observed ratings, 95 % intervals");
}

QString CalibrationCard::nothingText() const
{
    return tr("None of these runs predicts ratings: scores that only rank cannot be held against what was "
              "rated.");
}

QString CalibrationCard::noteOf(const Drawn& /*drawn*/) const
{
    return {};
}

void CalibrationCard::nameAxes()
{
    chart()->setXName(tr("predicted"));
    chart()->setAxisTitles(tr("mean prediction of a tenth of the test pairs"), tr("mean rating"));
}

DifferenceCard::DifferenceCard(Session& session, const FileDialogs& dialogs, QWidget* parent)
    : ResultCard(QStringLiteral("differenceCurves"), session, dialogs, parent)
{
    chart()->setReference(LineChart::Reference::Zero);
}

void DifferenceCard::setComparison(std::vector<RunRecord> runs, const std::string& measure)
{
    const std::optional<RunId> first = runs.empty() ? std::nullopt : std::optional(runs.front().id);
    const bool isOther =
        measure != m_measure || first != m_first ||
        (first && !this->runs().empty() && this->runs().front().finished != runs.front().finished);
    m_measure = measure;
    m_first = first;
    if (isOther) {
        forget();
    }
    setRuns(std::move(runs));
}

ResultCard::Work DifferenceCard::workFor(const std::vector<RunId>& missing) const
{
    return [missing, first = m_first.value_or(RunId{}), measure = m_measure](const Workspace& workspace,
                                                                             const JobContext& context) {
        return drawnOf(missing, [&](RunId run) -> Result<Drawn> {
            const Result<UserDifferences> found = differencesOf(workspace, first, run, measure, context);
            if (!found) {
                return passOn(found);
            }
            Drawn drawn{
                .x = {},
                .y = found->gains,
                .low = {},
                .high = {},
                .figures = {
                    found->better, found->worse, found->mean, found->interval.first, found->interval.second}};
            for (std::size_t place = 0; place < found->gains.size(); ++place) {
                drawn.x.push_back(100.0 * (static_cast<double>(place) + 0.5) /
                                  static_cast<double>(found->gains.size()));
            }
            reduce(drawn);
            return drawn;
        });
    };
}

QString DifferenceCard::titleText() const
{
    return runs().empty() ? tr("Person by person")
                          : tr("Person by person, against %1", "name of a run")
                                .arg(sentences::runName(runs().front().name));
}

QString DifferenceCard::nothingText() const
{
    return runs().size() < 2 ? tr("Fewer than two of the selected runs have finished.")
                             : tr("These runs keep no value of the measure for the same people.");
}

QString DifferenceCard::noteOf(const Drawn& drawn) const
{
    return tr("better for %1, worse for %2\nmean %3 (%4 to %5)", "shares of people, differences")
        .arg(numbers::percent(drawn.figures[0]),
             numbers::percent(drawn.figures[1]),
             numbers::signedReal(drawn.figures[2]),
             numbers::signedReal(drawn.figures[3]),
             numbers::signedReal(drawn.figures[4]));
}

void DifferenceCard::nameAxes()
{
    const QString measure = m_measure == "rmse" ? tr("squared error") : measureTitle(m_measure);
    chart()->setXName(tr("people, %"));
    chart()->setAxisTitles(tr("people, greatest loss to greatest gain, %"),
                           tr("gain in %1", "a measure").arg(measure));
}

} // namespace transept::ui
