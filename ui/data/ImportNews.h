#pragma once

#include "core/ingest/Import.h"
#include "ui/shell/MessageBar.h"

#include <QtCore/QObject>

namespace transept::ui {

/// Says at the top of the page how imports ended: each file in a message of its own, or all files of a bunch
/// in one.
class ImportNews final : public QObject
{
    Q_OBJECT

public:
    explicit ImportNews(MessageBar& messages, QObject* parent = nullptr);

    void beginBunch();
    void tell(const QString& file, const ImportReport& report);
    void tellOfBunch(const ImportReport& report);
    void tellFailed(const QString& file, const Error& error); ///< also when it was cancelled

Q_SIGNALS:
    void rejectsWanted(transept::ImportId import);
    void importsWanted();

private:
    void show(LiveText name, const ImportReport& report, const QString& topic);

    MessageBar& m_messages;
    ImportReport m_sum; ///< of the bunch; its id is that of the last file with rejected rows
    int m_files = 0;
};

} // namespace transept::ui
