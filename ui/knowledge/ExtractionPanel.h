#pragma once

#include "core/knowledge/Extractor.h"
#include "ui/shell/Query.h"

#include <QtCore/QTimer>
#include <QtWidgets/QFrame>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace transept::ui {

class BudgetFields;
class CheckList;
class KeyField;
class ParameterForm;
class PreviewPane;
struct FileDialogs;

/// What an extraction shall do: extractor and its settings, domains and fields, name and budget; with a
/// forecast of its cost, whether the server answers, and request and reply for a chosen item before anything
/// is spent.
class ExtractionPanel final : public QFrame
{
    Q_OBJECT

public:
    ExtractionPanel(Session& session, const FileDialogs& dialogs, QWidget* parent = nullptr);

    using Fields = std::vector<std::pair<std::string, std::int64_t>>;
    void setChoices(const std::vector<Domain>& domains, const Fields& fields);
    void setTakenNames(std::vector<std::string> names);
    ExtractionRequest request() const;
    /// Fills the form with what a knowledge base was begun with, to go on with it.
    void setRequest(const ExtractionRequest& request);
    void startAnew(); ///< forgets name and request; the settings stay
    bool isReady() const;

Q_SIGNALS:
    void startWanted();
    void closeWanted();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void nameParts();
    QWidget* buildForm();
    QWidget* buildSide();
    void connectParts();
    void fillExtractors();
    void fillFields();
    void showExtractor();
    void addPromptBars(const ExtractorDescription& extractor);
    void preview();
    void edited();
    void askForecast();
    void trySample();
    void showForecast(const Result<ExtractionForecast>& cost);
    void askServerStatus();
    void probe();
    void showStatus(const Result<ServerStatus>& status);
    void askPrice();
    void storePrice(double in, double out, const QString& currency);
    void removePrice();
    void updateStart();
    bool fitsBudget() const;
    QString obstacle() const;
    QString proposedName() const;
    std::vector<std::string> chosenFields() const;
    std::string model() const;
    bool needsServer() const;
    void retranslate();

    Session& m_session;
    Query m_forecastQuery;
    Query m_serverQuery;
    Query m_priceQuery;
    std::vector<std::string> m_takenNames;
    Fields m_known;                         ///< fields of the items, with how many have them
    std::vector<std::string> m_givenFields; ///< of setRequest(), in its order
    QTimer m_rest;                          ///< after the last keystroke
    bool m_filling = false;
    bool m_serverAnswers = false;
    bool m_hasTexts = true; ///< as far as the forecast knows
    QLabel* m_title;
    QComboBox* m_extractor;
    QLabel* m_meaning;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    QLabel* m_domainsLabel;
    CheckList* m_domains;
    QLabel* m_fieldsLabel;
    CheckList* m_fields;
    QLabel* m_fieldsHelp;
    ParameterForm* m_settings;
    BudgetFields* m_budget;
    QLabel* m_server;
    QPushButton* m_probe;
    QPushButton* m_useLexical;
    KeyField* m_key;
    QLabel* m_forecast;
    QPushButton* m_sample;
    PreviewPane* m_preview;
    QPushButton* m_start;
    QPushButton* m_close;
};

} // namespace transept::ui
