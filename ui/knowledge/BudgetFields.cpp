#include "ui/knowledge/BudgetFields.h"

#include "ui/look/Theme.h"
#include "ui/look/Tokens.h"
#include "ui/text/Numbers.h"

#include <QtCore/QEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

#include <cmath>

namespace transept::ui {
namespace {

constexpr int fieldWidth = 120;
constexpr double mostNumber = 1e15;

/// The number in a field; 0 when it is empty, nothing when it holds something else than a number up to the
/// most there is.
std::optional<double> numberIn(const QLineEdit& field)
{
    const QString typed = field.text().trimmed();
    if (typed.isEmpty()) {
        return 0.0;
    }
    const std::optional<double> number = numbers::parse(typed);
    return number && *number >= 0.0 && *number <= mostNumber ? number : std::nullopt;
}

/// The same for a limit: it may be missing, but not be 0.
std::optional<double> limitIn(const QLineEdit& field)
{
    const std::optional<double> number = numberIn(field);
    return number && (*number > 0.0 || field.text().trimmed().isEmpty()) ? number : std::nullopt;
}

std::optional<double> wholeLimitIn(const QLineEdit& field)
{
    const std::optional<double> number = limitIn(field);
    return number && *number == std::floor(*number) ? number : std::nullopt;
}

} // namespace

BudgetFields::BudgetFields(QWidget* parent)
    : QWidget(parent)
    , m_budgetLabel(new QLabel)
    , m_tokens(new QLineEdit)
    , m_money(new QLineEdit)
    , m_minutes(new QLineEdit)
    , m_priceLabel(new QLabel)
    , m_priceIn(new QLineEdit)
    , m_priceOut(new QLineEdit)
    , m_currency(new QLineEdit)
    , m_problem(new QLabel)
{
    buildFields();
    for (QLineEdit* field : {m_tokens, m_money, m_minutes}) {
        connect(field, &QLineEdit::textEdited, this, [this] {
            showProblems();
            Q_EMIT changed();
        });
    }
    for (QLineEdit* field : {m_priceIn, m_priceOut, m_currency}) {
        connect(field, &QLineEdit::textEdited, this, &BudgetFields::showProblems);
        connect(field, &QLineEdit::editingFinished, this, &BudgetFields::tellPrice);
    }
    retranslate();
}

void BudgetFields::buildFields()
{
    m_tokens->setObjectName(QStringLiteral("tokenBudget"));
    m_money->setObjectName(QStringLiteral("moneyBudget"));
    m_minutes->setObjectName(QStringLiteral("timeBudget"));
    m_priceIn->setObjectName(QStringLiteral("priceIn"));
    m_priceOut->setObjectName(QStringLiteral("priceOut"));
    m_currency->setObjectName(QStringLiteral("currency"));
    m_problem->setObjectName(QStringLiteral("budgetProblem"));
    m_problem->setWordWrap(true);
    m_problem->setProperty(look::small, true);
    m_problem->setProperty(look::invalid, true);
    m_problem->hide();
    m_currency->setText(QStringLiteral("USD"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(space::one);
    grid->setVerticalSpacing(space::half);
    int column = 0;
    for (QWidget* each : {static_cast<QWidget*>(m_budgetLabel),
                          static_cast<QWidget*>(m_tokens),
                          static_cast<QWidget*>(m_money),
                          static_cast<QWidget*>(m_minutes)}) {
        grid->addWidget(each, 0, column++);
    }
    column = 0;
    for (QWidget* each : {static_cast<QWidget*>(m_priceLabel),
                          static_cast<QWidget*>(m_priceIn),
                          static_cast<QWidget*>(m_priceOut),
                          static_cast<QWidget*>(m_currency)}) {
        grid->addWidget(each, 1, column++);
    }
    for (QLineEdit* field : {m_tokens, m_money, m_minutes, m_priceIn, m_priceOut, m_currency}) {
        field->setMaximumWidth(fieldWidth);
    }
    grid->addWidget(m_problem, 2, 0, 1, column + 1);
    grid->setColumnStretch(column, 1);
}

std::optional<Budget> BudgetFields::budget() const
{
    const std::optional<double> tokens = wholeLimitIn(*m_tokens);
    const std::optional<double> money = limitIn(*m_money);
    const std::optional<double> minutes = limitIn(*m_minutes);
    if (!tokens || !money || !minutes || (*money > 0.0 && !hasPrice())) {
        return std::nullopt;
    }
    constexpr double secondsPerMinute = 60.0;
    return Budget{.tokens = static_cast<std::int64_t>(*tokens),
                  .money = *money,
                  .seconds = *minutes * secondsPerMinute};
}

std::optional<BudgetFields::Prices> BudgetFields::price() const
{
    const std::optional<double> in = numberIn(*m_priceIn);
    const std::optional<double> out = numberIn(*m_priceOut);
    return in && out ? std::optional(Prices{*in, *out}) : std::nullopt;
}

bool BudgetFields::hasPrice() const
{
    return price() && !m_priceIn->text().trimmed().isEmpty();
}

void BudgetFields::clear()
{
    for (QLineEdit* field : {m_tokens, m_money, m_minutes}) {
        field->clear();
    }
    showProblems();
}

void BudgetFields::setPrice(const std::optional<ModelPrice>& price)
{
    const auto isBeingTyped = [](const QLineEdit* field) { return field->isModified(); };
    if (std::ranges::any_of(std::array{m_priceIn, m_priceOut, m_currency}, isBeingTyped)) {
        return;
    }
    m_priceIn->setText(price ? numbers::exactly(price->perMillionIn) : QString());
    m_priceOut->setText(price ? numbers::exactly(price->perMillionOut) : QString());
    if (price) {
        m_currency->setText(QString::fromStdString(price->currency));
    }
    showProblems();
}

void BudgetFields::tellPrice()
{
    const std::optional<Prices> typed = price();
    if (!typed) {
        return;
    }
    for (QLineEdit* field : {m_priceIn, m_priceOut, m_currency}) {
        field->setModified(false);
    }
    if (m_priceIn->text().trimmed().isEmpty() && m_priceOut->text().trimmed().isEmpty()) {
        Q_EMIT priceRemoved();
    } else {
        Q_EMIT priceEdited(typed->in, typed->out, m_currency->text().trimmed());
    }
}

void BudgetFields::showProblems()
{
    setLook(m_tokens, look::invalid, !wholeLimitIn(*m_tokens));
    setLook(m_minutes, look::invalid, !limitIn(*m_minutes));
    setLook(m_priceIn, look::invalid, !numberIn(*m_priceIn));
    setLook(m_priceOut, look::invalid, !numberIn(*m_priceOut));
    const std::optional<double> money = limitIn(*m_money);
    const bool lacksPrice = money && *money > 0.0 && !hasPrice();
    setLook(m_money, look::invalid, !money || lacksPrice);
    const bool areNumbers = wholeLimitIn(*m_tokens) && money && limitIn(*m_minutes) && price();
    m_problem->setText(!areNumbers
                           ? tr("A budget is a number above 0, of tokens a whole one; empty: no limit.")
                       : lacksPrice ? tr("A budget of money needs the price of the model.")
                                    : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
}

void BudgetFields::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void BudgetFields::retranslate()
{
    m_budgetLabel->setText(tr("Spend at most"));
    m_tokens->setPlaceholderText(tr("tokens"));
    m_money->setPlaceholderText(tr("money"));
    m_minutes->setPlaceholderText(tr("minutes"));
    m_tokens->setAccessibleName(tr("Token budget"));
    m_money->setAccessibleName(tr("Money budget"));
    m_minutes->setAccessibleName(tr("Time budget in minutes"));
    m_priceLabel->setText(tr("Price of a million tokens"));
    m_priceIn->setPlaceholderText(tr("in"));
    m_priceOut->setPlaceholderText(tr("out"));
    m_priceIn->setAccessibleName(tr("Price of a million tokens that the model reads"));
    m_priceOut->setAccessibleName(tr("Price of a million tokens that the model writes"));
    m_currency->setAccessibleName(tr("Currency"));
    showProblems();
}

} // namespace transept::ui
