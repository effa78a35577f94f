#pragma once

#include "core/base/Result.h"
#include "ui/text/LiveText.h"

#include <QtWidgets/QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace transept::ui {

/// What a person can do about a message, as a button.
struct Remedy
{
    LiveText text;
    std::function<void()> act; ///< the message goes when it was pressed
};

struct Message
{
    enum class Kind { Info, Good, Warning, Bad };
    Kind kind = Kind::Info;
    LiveText text;
    std::vector<Remedy> remedies;
    QString topic; ///< a newer message of the same topic replaces the older; empty: each stays
};

/// Messages at the top of a page, one below the other, each with its remedies and a button that closes it.
/// Takes no room while there is none.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void show(Message message);
    /// Bad, with the error's sentence; nothing for Cancelled.
    void show(const Error& error, std::vector<Remedy> remedies = {}, const QString& topic = {});
    void clear(const QString& topic);
    void clearAll();
    int count() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    class Strip;
    void remove(Strip* strip);

    QVBoxLayout* m_column;
};

} // namespace transept::ui
