#pragma once

#include "core/store/RunStore.h"
#include "ui/charts/LineChart.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

namespace transept::ui {

class ChartCard;
struct FileDialogs;

/// Curves of what finished runs have kept, over each other, one a run: asked for once somebody looks, and
/// once for every run. What a chart is of, its subclasses say.
class ResultCard : public QWidget
{
    Q_OBJECT

public:
    void setRuns(std::vector<RunRecord> runs); ///< finished ones, in this order
    void forget();                             ///< the data is another, or the workspace
    void retranslate();

protected:
    /// What is drawn of a run; reduced to as many points as a screen shows.
    struct Drawn
    {
        std::vector<double> x;
        std::vector<double> y;
        std::vector<double> low;
        std::vector<double> high;
        std::vector<double> figures; ///< said beside the curves
    };
    using DrawnRuns = std::map<RunId, Drawn>;
    using Work = std::function<Result<DrawnRuns>(const Workspace&, const JobContext&)>;

    ResultCard(const QString& name, Session& session, const FileDialogs& dialogs, QWidget* parent);

    /// Computes, on a reading thread, what these runs show; a run that has nothing of the kind comes back
    /// empty.
    virtual Work workFor(const std::vector<RunId>& missing) const = 0;
    virtual QString titleText() const = 0;
    virtual QString nothingText() const = 0; ///< when no run has anything of the kind
    /// What is said of a run beside the curves, below its name; empty: nothing.
    virtual QString noteOf(const Drawn& drawn) const = 0;
    virtual void nameAxes() = 0;
    virtual bool isDrawnOf(std::size_t place) const; ///< whether the run at this place is drawn; all are

    LineChart* chart() { return m_chart; }
    const std::vector<RunRecord>& runs() const { return m_runs; }
    void askAgain(); ///< all that is known is old
    void showEvent(QShowEvent* event) override;

    /// The answer to a question about one run, empty where the run has nothing of the kind.
    template<typename Of>
    static Result<DrawnRuns> drawnOf(const std::vector<RunId>& runs, const Of& of)
    {
        DrawnRuns drawn;
        for (const RunId run : runs) {
            Result<Drawn> each = of(run);
            if (!each && each.error().code != ErrorCode::InvalidInput) {
                return passOn(each);
            }
            drawn.emplace(run, each ? std::move(*each) : Drawn{});
        }
        return drawn;
    }

    static void reduce(Drawn& drawn);

private:
    void ask();
    void show(Result<DrawnRuns> drawn);
    void draw();

    Query m_query;
    LineChart* m_chart;
    ChartCard* m_card;
    std::vector<RunRecord> m_runs;
    DrawnRuns m_drawn;
    std::optional<Error> m_error;
};

} // namespace transept::ui
