#include "ui/recommend/ReasonsPanel.h"

#include "ui/charts/BarChart.h"
#include "ui/look/SeriesColours.h"
#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int barHeight = 34;

} // namespace

ReasonsPanel::ReasonsPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_bars(new BarChart(this))
    , m_domains(new QLabel(this))
    , m_facetsTitle(new QLabel(this))
    , m_facets(new QLabel(this))
{
    setProperty(look::card, true);
    setObjectName(QStringLiteral("reasons"));
    m_title->setProperty(look::heading, true);
    m_title->setObjectName(QStringLiteral("reasonsTitle"));
    m_subtitle->setProperty(look::muted, true);
    m_facetsTitle->setProperty(look::heading, true);
    m_domains->setObjectName(QStringLiteral("reasonDomains"));
    m_facets->setObjectName(QStringLiteral("reasonFacets"));
    m_bars->setObjectName(QStringLiteral("reasonBars"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::two, space::oneAndHalf, space::two, space::oneAndHalf);
    column->setSpacing(space::one);
    for (QLabel* label : {m_title, m_subtitle}) {
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addWidget(m_bars);
    for (QLabel* label : {m_domains, m_facetsTitle, m_facets}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    column->addStretch(1);
    setMinimumWidth(240);
    update();
}

void ReasonsPanel::show(const Recommendation& item, const QString& run)
{
    m_item = item;
    m_run = run;
    update();
}

void ReasonsPanel::clear()
{
    m_item.reset();
    update();
}

QString ReasonsPanel::domainShares(const std::vector<std::string>& domains) const
{
    double total = 0.0;
    std::vector<double> sums(domains.size(), 0.0);
    for (const Reason& reason : m_item->reasons) {
        const auto domain = std::ranges::find(domains, reason.domain);
        if (reason.kind == "item" && domain != domains.end()) {
            sums[static_cast<std::size_t>(domain - domains.begin())] += std::abs(reason.weight);
            total += std::abs(reason.weight);
        }
    }
    QStringList parts;
    for (std::size_t at = 0; at < domains.size() && total > 0.0; ++at) {
        parts << tr("%1 %2", "domain, its share of the reasons")
                     .arg(QString::fromStdString(domains[at]), numbers::percent(sums[at] / total, 2));
    }
    return parts.join(tr(", ", "between domains"));
}

void ReasonsPanel::update()
{
    std::vector<BarChart::Bar> bars;
    std::vector<std::string> domains;
    QStringList facets;
    for (const Reason& reason : m_item ? m_item->reasons : std::vector<Reason>()) {
        const QString title = QString::fromStdString(reason.title.empty() ? reason.key : reason.title);
        if (reason.kind == "facet") {
            facets << tr("%1 (%2)", "facet, its attention").arg(title, numbers::percent(reason.weight, 2));
            continue;
        }
        auto domain = std::ranges::find(domains, reason.domain);
        if (domain == domains.end()) {
            domains.push_back(reason.domain);
            domain = domains.end() - 1;
        }
        bars.push_back({.id = QString::fromStdString(reason.domain + "/" + reason.key),
                        .name = title,
                        .colour = static_cast<int>(domain - domains.begin()),
                        .value = reason.weight});
    }
    const bool hasBars = !bars.empty();
    if (!m_item) {
        m_title->setText(tr("Why?"));
        m_subtitle->setText(tr("Choose an item in one of the lists to see what speaks for it."));
    } else {
        m_title->setText(
            tr("Why %1?").arg(QString::fromStdString(m_item->title.empty() ? m_item->key : m_item->title)));
        m_subtitle->setText(
            hasBars || !facets.isEmpty()
                ? tr("What of the history moved the score of %1").arg(m_run)
                : tr("%1 cannot say which items of the history moved this score.").arg(m_run));
    }
    m_bars->setTitle(m_title->text());
    m_bars->setFixedHeight(static_cast<int>(bars.size()) * barHeight + 56);
    m_bars->setAxisTitles(tr("contribution to the score"), {});
    m_bars->setBars(std::move(bars));
    m_bars->setVisible(hasBars);
    m_domains->setText(hasBars ? domainShares(domains) : QString());
    m_domains->setVisible(hasBars);
    m_facetsTitle->setText(tr("Facets (attention)"));
    m_facetsTitle->setVisible(!facets.isEmpty());
    m_facets->setText(facets.join(QLatin1Char('\n')));
    m_facets->setVisible(!facets.isEmpty());
}

void ReasonsPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        update();
    }
}

} // namespace transept::ui
