#pragma once

#include "ui/data/ImportDraft.h"

#include <QtWidgets/QFrame>

class QLabel;
class QToolButton;

namespace transept::ui {

class ElidedLabel;
class FormatForm;
class PreviewTable;

/// One file as it will be read: its name, its format and what speaks for that, its first rows. In a low
/// window the format folds into one line, so that the rows have the room.
class FileCard final : public QFrame
{
    Q_OBJECT

public:
    explicit FileCard(QWidget* parent = nullptr);

    FormatForm& format() { return *m_format; }
    PreviewTable& preview() { return *m_preview; }

    /// Another file, of which nothing is known yet.
    void setFile(const QString& name, const QString& path);
    void show(const Examination& examination, const ImportDraft& draft);
    void showUnreadable();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void showParts();
    void fold(bool folded);
    void showSummary(const Inspection& inspection, const std::string& preset);
    void retranslate();

    bool m_isReadable = false;
    bool m_isFolded = false;
    std::optional<bool> m_wantsFolded; ///< chosen by a person; else by the height
    ElidedLabel* m_file;
    QLabel* m_size;
    QToolButton* m_fold;
    ElidedLabel* m_summary;
    FormatForm* m_format;
    QLabel* m_evidence;
    PreviewTable* m_preview;
    QLabel* m_rowsShown;
    QLabel* m_nothing;
};

} // namespace transept::ui
