#pragma once

#include "ui/data/ImportModel.h"
#include "ui/data/RejectModel.h"

#include <QtWidgets/QFrame>

class QAction;
class QLabel;
class QSettings;
class QSplitter;
class QTableView;

namespace transept::ui {

class ElidedLabel;

/// The imports of a workspace, newest first, and what each of them rejected.
class ImportsView final : public QFrame
{
    Q_OBJECT

public:
    /// The actions work on the chosen import and stand as buttons above its rejects.
    ImportsView(Session& session, QAction* resume, QAction* exportRejects, QWidget* parent = nullptr);

    void setImports(std::vector<ImportRecord> imports, std::map<DomainId, QString> domainNames);
    void choose(ImportId import); ///< now, or when it is there
    const ImportRecord* chosen() const;

    void saveState(QSettings& settings) const;
    void restoreState(QSettings& settings);

Q_SIGNALS:
    void chosenChanged();
    void failed(const transept::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout(QAction* resume, QAction* exportRejects);
    void showChosen();
    void retranslate();

    ImportModel* m_imports;
    RejectModel* m_rejects;
    QTableView* m_importTable;
    QTableView* m_rejectTable;
    ElidedLabel* m_heading;
    QLabel* m_reason;
    QLabel* m_nothing;
    QWidget* m_below;
    QSplitter* m_halves;
    std::optional<ImportId> m_chosen;
};

} // namespace transept::ui
