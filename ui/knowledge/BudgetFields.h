#pragma once

#include "core/knowledge/Budget.h"
#include "core/store/PriceTable.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace transept::ui {

/// What an extraction may spend (tokens, money, minutes), and what the model costs per million tokens. Empty
/// fields: no limit, no price.
class BudgetFields final : public QWidget
{
    Q_OBJECT

public:
    explicit BudgetFields(QWidget* parent = nullptr);

    /// Nothing when a field holds no number that fits, or money is limited for a model without a price.
    std::optional<Budget> budget() const;
    void clear();

    /// The price of the model as it is known; nothing: none. What is being typed stays.
    void setPrice(const std::optional<ModelPrice>& price);
    bool hasPrice() const;

Q_SIGNALS:
    void changed();
    void priceEdited(double in, double out, const QString& currency); ///< once both are numbers
    void priceRemoved();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Prices
    {
        double in = 0.0;
        double out = 0.0;
    };
    std::optional<Prices> price() const; ///< 0 for empty fields
    void buildFields();
    void showProblems();
    void tellPrice();
    void retranslate();

    QLabel* m_budgetLabel;
    QLineEdit* m_tokens;
    QLineEdit* m_money;
    QLineEdit* m_minutes;
    QLabel* m_priceLabel;
    QLineEdit* m_priceIn;
    QLineEdit* m_priceOut;
    QLineEdit* m_currency;
    QLabel* m_problem;
};

} // namespace transept::ui
