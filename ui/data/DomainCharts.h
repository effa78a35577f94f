#pragma once

#include "core/store/Statistics.h"
#include "ui/shell/FileDialogs.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

class QSplitter;

namespace transept::ui {

class ChartCard;
class ColumnChart;
class LineChart;

/// How the values of a domain are distributed, and how unevenly its users act and its items are liked.
class DomainCharts final : public QWidget
{
    Q_OBJECT

public:
    DomainCharts(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    /// Asks for the curves and draws them; `colour` is that of the domain.
    void show(const std::optional<Domain>& domain, int colour);

    QByteArray saveState() const;
    void restoreState(const QByteArray& state);

Q_SIGNALS:
    void failed(const transept::Error& error);
    void drawn();

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw(const DomainCurves& curves);
    void retranslate();

    Query m_query;
    std::optional<Domain> m_domain;
    int m_colour = 0;
    ColumnChart* m_values;
    LineChart* m_activity;
    LineChart* m_popularity;
    ChartCard* m_valuesCard;
    ChartCard* m_activityCard;
    ChartCard* m_popularityCard;
    QSplitter* m_parts;
};

} // namespace transept::ui
