#pragma once

#include "ui/compare/ResultCard.h"

namespace transept::ui {

/// The ROC curve of every run that predicts ratings.
class RocCard final : public ResultCard
{
    Q_OBJECT

public:
    RocCard(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

protected:
    Work workFor(const std::vector<RunId>& missing) const override;
    QString titleText() const override;
    QString nothingText() const override;
    QString noteOf(const Drawn& drawn) const override;
    void nameAxes() override;
};

/// The mean truth of test pairs with like predictions, of every run that predicts ratings.
class CalibrationCard final : public ResultCard
{
    Q_OBJECT

public:
    CalibrationCard(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

protected:
    Work workFor(const std::vector<RunId>& missing) const override;
    QString titleText() const override;
    QString nothingText() const override;
    QString noteOf(const Drawn& drawn) const override;
    void nameAxes() override;
};

/// How much better every person fares with each run than with the first: sorted differences of one measure.
class DifferenceCard final : public ResultCard
{
    Q_OBJECT

public:
    DifferenceCard(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    /// The first run is what the others are held against.
    void setComparison(std::vector<RunRecord> runs, const std::string& measure);

protected:
    Work workFor(const std::vector<RunId>& missing) const override;
    QString titleText() const override;
    QString nothingText() const override;
    QString noteOf(const Drawn& drawn) const override;
    void nameAxes() override;
    bool isDrawnOf(std::size_t place) const override { return place > 0; }

private:
    std::string m_measure;
    std::optional<RunId> m_first;
};

} // namespace transept::ui
