#include "ui/knowledge/MapColourBox.h"

#include "core/knowledge/ItemMap.h"
#include "core/store/FacetEdits.h"
#include "core/store/RunStore.h"
#include "ui/knowledge/MapPicture.h"
#include "ui/text/Sentences.h"

#include <QtCore/QSignalBlocker>

namespace transept::ui {
namespace {

constexpr int mostRuns = 30; // the latest

QString text(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

MapColourBox::MapColourBox(Session& session, QWidget* parent) : QComboBox(parent), m_query(session)
{
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this, [this] { m_wanted = currentData().toString(); });
    connect(&session, &Session::runsChanged, this, &MapColourBox::ask);
    connect(&session, &Session::closed, this, [this] { showBase({}); });
}

void MapColourBox::setFields(const QStringList& fields)
{
    m_fields = fields;
    fill();
}

void MapColourBox::showBase(std::optional<KnowledgeId> base)
{
    m_base = base;
    ask();
}

void MapColourBox::ask()
{
    if (!m_base) {
        m_query.cancel();
        m_offer = {};
        return;
    }
    m_query.ask<Offer>(
        [base = *m_base](const Workspace& workspace, const JobContext&) -> Result<Offer> {
            const auto facets = FacetEdits(workspace).names(base);
            const auto runs = RunStore(workspace).latestFinished(mostRuns);
            if (!facets || !runs) {
                return facets ? passOn(runs) : passOn(facets);
            }
            Offer offer;
            for (const std::string& name : *facets) {
                offer.facets << QString::fromStdString(name);
            }
            offer.runs = *runs;
            return offer;
        },
        [this](Result<Offer> offer) {
            m_offer = offer ? std::move(*offer) : Offer();
            fill();
        });
}

void MapColourBox::fill()
{
    const QString before = currentData().toString();
    {
        const QSignalBlocker quiet(this);
        clear();
        addItem(tr("coloured by domain"), QStringLiteral("domain"));
        addItem(tr("coloured by popularity"), text(colouring::popularity));
        for (const QString& facet : m_offer.facets) {
            addItem(tr("coloured by the facet %1").arg(sentences::facetTitle(facet.toStdString())),
                    QString::fromStdString(colourOfFacet(facet.toStdString())));
        }
        for (const QString& field : m_fields) {
            addItem(tr("coloured by %1", "name of a field").arg(field), field);
        }
        for (const auto& [run, name] : m_offer.runs) {
            addItem(tr("coloured by the error of %1", "name of a run").arg(sentences::runName(name)),
                    text(colouring::error) + QString::number(number(run)));
        }
        setCurrentIndex(std::max(0, m_wanted.isEmpty() ? 0 : findData(m_wanted)));
    }
    if (!before.isEmpty() && currentData().toString() != before) {
        Q_EMIT chosenChanged();
    }
}

QString MapColourBox::chosen() const
{
    return m_wanted.isEmpty() ? currentData().toString() : m_wanted;
}

void MapColourBox::retranslate()
{
    setAccessibleName(tr("What colours the map"));
    if (count() > 0) {
        fill();
    }
}

} // namespace transept::ui
