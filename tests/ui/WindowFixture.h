#pragma once

#include "tests/support/Temporary.h"
#include "tests/ui/Patience.h"
#include "ui/Pages.h"
#include "ui/look/Theme.h"
#include "ui/settings/Settings.h"
#include "ui/shell/MainWindow.h"

#include <QtTest/QSignalSpy>
#include <QtWidgets/QApplication>

#include <memory>

namespace transept::test {

/// The real window with settings of its own and file dialogs that answer what the test says.
class WindowFixture
{
public:
    explicit WindowFixture(std::vector<ui::PageFactory> pages = ui::allPages()) : m_pages(std::move(pages))
    {
        language.choose(QStringLiteral("en"));
        reopen();
        m_window->resize(1440, 900); // the screen of a test may be small
    }

    /// A new window over the same settings: what a restart is.
    void reopen()
    {
        m_window.reset();
        m_session = std::make_unique<ui::Session>(settings);
        m_window = std::make_unique<ui::MainWindow>(ui::WindowParts{
            .session = *m_session,
            .theme = theme,
            .language = language,
            .dialogs = {.openFile = [this](QWidget*, const ui::FileQuestion&) { return chosenFile; },
                        .openFiles = [this](QWidget*, const ui::FileQuestion&) { return chosenFiles; },
                        .saveFile = [this](QWidget*, const ui::FileQuestion&) { return chosenFile; }},
            .pages = m_pages,
            .makeSample = {}});
        m_window->show();
    }

    /// Opens this workspace (made when there is none) and waits until the pages know it.
    bool open(const std::filesystem::path& file)
    {
        QSignalSpy opened(m_session.get(), &ui::Session::opened);
        std::filesystem::exists(file) ? m_session->open(file) : m_session->create(file);
        return opened.wait(patience);
    }

    ui::MainWindow& window() { return *m_window; }
    ui::Session& session() { return *m_session; }

    template<typename Widget>
    Widget* find(const char* name)
    {
        return m_window->findChild<Widget*>(QLatin1StringView(name));
    }

    Temporary folder;
    QString chosenFile;
    QStringList chosenFiles;
    ui::Settings settings{QString::fromStdString(folder.path("settings.ini").string())};
    ui::Language language;
    ui::Theme theme{*qApp};

private:
    std::vector<ui::PageFactory> m_pages;
    std::unique_ptr<ui::Session> m_session;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace transept::test
