#pragma once

#include "core/store/PromptTemplates.h"

#include <QtWidgets/QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTextEdit;

namespace transept::ui {

class Session;

/// Asks for the name of a prompt and saves it; stays with what is wrong until it can.
class SavePromptDialog final : public QDialog
{
    Q_OBJECT

public:
    SavePromptDialog(Session& session, PromptSubject about, std::string text, QWidget* parent);

    void propose(const QString& name, const std::vector<PromptTemplate>& present);

Q_SIGNALS:
    void saved(const transept::PromptTemplate& prompt);

private:
    void tell();
    void save();

    Session& m_session;
    PromptSubject m_about;
    std::string m_text;
    std::vector<PromptTemplate> m_present;
    QLineEdit* m_name;
    QLabel* m_note;
    QPushButton* m_save;
};

/// What changed from a saved prompt, to be chosen, to a text.
class PromptChangesDialog final : public QDialog
{
    Q_OBJECT

public:
    PromptChangesDialog(std::vector<PromptTemplate> prompts,
                        const std::string& since,
                        std::string text,
                        QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void show();

    std::vector<PromptTemplate> m_prompts;
    std::string m_text;
    QComboBox* m_since;
    QTextEdit* m_changes;
};

} // namespace transept::ui
