#pragma once

#include "ui/shell/Query.h"

#include <QtWidgets/QComboBox>

namespace transept::ui {

/// What the map of a knowledge base can be coloured by: domain, popularity, its facets, the items' fields,
/// and how far finished runs are off. currentData() is the word that mapPicture() takes.
class MapColourBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit MapColourBox(Session& session, QWidget* parent = nullptr);

    void setFields(const QStringList& fields);
    void showBase(std::optional<KnowledgeId> base);
    QString chosen() const; ///< also before what was chosen is there
    void setWanted(const QString& colour) { m_wanted = colour; }
    void retranslate();

Q_SIGNALS:
    /// What was chosen before became possible, or is possible no more.
    void chosenChanged();

private:
    struct Offer
    {
        QStringList facets;
        std::vector<std::pair<RunId, std::string>> runs;
    };
    void ask();
    void fill();

    Query m_query;
    std::optional<KnowledgeId> m_base;
    QStringList m_fields;
    Offer m_offer;
    QString m_wanted;
};

} // namespace transept::ui
