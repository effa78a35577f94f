#pragma once

#include "ui/runs/CurveCard.h"

class QSplitter;

namespace transept::ui {

/// Two cards with the curves of the same runs, one measure each, one below the other.
class CurvePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePanel(const FileDialogs& dialogs, QWidget* parent = nullptr);

    void setRuns(const std::vector<CurveCard::Shown>& runs); ///< curves of others are forgotten
    void setCurves(RunId run, const RunCurves& curves);
    void forget(RunId run); ///< what was known of it: it begins anew
    void addProgress(const RunProgress& progress);
    bool hasCurves(RunId run) const { return m_upper->hasCurves(run); }
    void resetZoom();
    void setHighlighted(std::optional<RunId> run);
    void retranslate();

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void runClicked(transept::RunId run);

private:
    QSplitter* m_splitter;
    CurveCard* m_upper;
    CurveCard* m_lower;
};

} // namespace transept::ui
