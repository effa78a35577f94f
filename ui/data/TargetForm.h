#pragma once

#include "core/ingest/ColumnWords.h"
#include "ui/data/ImportDraft.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QTableWidget;

namespace transept::ui {

/// Where the rows of a file go, and what becomes of them on the way.
class TargetForm final : public QWidget
{
    Q_OBJECT

public:
    explicit TargetForm(QWidget* parent = nullptr);

    void setDraft(const ImportDraft& draft);                   ///< says nothing
    void setExamination(const Examination& examination);       ///< shows what matters for these columns
    void setDomainWords(const std::vector<ColumnWord>& words); ///< names that were given stay
    void applyTo(ImportOptions& options) const;                ///< what the form shows
    ImportTarget target() const;
    void focusDomain();

Q_SIGNALS:
    void changed();
    void targetChosen();

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildLayout();
    void connectFields();
    QLabel* addRow(const char* name, QWidget* field);
    void fillBoxes();
    void showRows();
    void setRowShown(QWidget* field, bool shown);
    void nameDuplicates(bool ofNegatives);
    void showRowsOf(ImportTarget target, bool hasDomainColumn);
    void retranslate();

    ImportDraft m_draft;
    Examination m_examination;
    QFormLayout* m_rows;
    std::vector<QLabel*> m_labels;
    QComboBox* m_target;
    QComboBox* m_domain;
    QTableWidget* m_names; ///< what a domain column says, the domain that it means, and its rows
    QLabel* m_domainHint;
    QLabel* m_platformHint;
    QComboBox* m_platform;
    QComboBox* m_kind;
    QComboBox* m_part;
    QComboBox* m_partOf;
    QComboBox* m_duplicates;
    QLineEdit* m_prefix;
    QLineEdit* m_implicit;
    QCheckBox* m_fromItems;
    QCheckBox* m_stop;
};

} // namespace transept::ui
