#pragma once

#include "core/knowledge/PromptLibrary.h"
#include "ui/shell/Query.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QPlainTextEdit;
class QToolButton;

namespace transept::ui {

/// Below the field of a prompt: which saved version its text is, another to take in its place, the words in
/// braces to put in, saving, and what changed since a version.
class PromptBar final : public QWidget
{
    Q_OBJECT

public:
    /// The editor outlives the bar.
    PromptBar(Session& session, PromptSetting setting, QPlainTextEdit* editor, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void ask();
    void show(std::vector<PromptTemplate> prompts);
    void follow();
    void take(int version);
    void insert(const QString& word);
    void save();
    void compare();
    std::string text() const;
    const PromptTemplate* base() const;
    void retranslate();

    Session& m_session;
    Query m_query;
    PromptSetting m_setting;
    QPlainTextEdit* m_editor;
    std::vector<PromptTemplate> m_prompts;
    std::string m_base; ///< the reference of the version that the text was last
    QComboBox* m_versions;
    QToolButton* m_insert;
    QToolButton* m_save;
    QToolButton* m_changes;
};

/// "built-in", "moods, version 2".
QString promptTitle(const PromptTemplate& prompt);

} // namespace transept::ui
