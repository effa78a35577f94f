#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Questions.h"

namespace transept {

/// The parameters that every extractor has which asks a server: url, model, key_env, lines, timeout,
/// text-limit.
std::vector<Parameter> serverParameters();

/// The same as values. InvalidInput when there is no address or no model.
Result<QuestionOptions> questionOptions(const Extraction& extraction);

/// The texts of the items that have one; there is nothing to ask about the others.
Result<std::vector<ItemText>> itemsWithText(const Workspace& workspace,
                                            const Extraction& extraction,
                                            const JobContext& context);

/// The items that are still to be asked for: those with a text, without what an earlier try committed.
Result<std::vector<ItemText>> itemsToAsk(const Workspace& workspace,
                                         const Extraction& extraction,
                                         KnowledgeId id,
                                         const JobContext& context);

/// The text of one item as the extraction reads it; NotFound when it has none.
Result<ItemText> textOf(const Workspace& workspace,
                        const Extraction& extraction,
                        ItemId item,
                        const JobContext& context);

/// Asks the server now, without the cache: for previews.
Result<ServerAnswer> askOnce(const Extraction& extraction,
                             const Question& question,
                             const JobContext& context);

/// How many of the questions are not in the cache yet, and what they would cost.
Result<ExtractionForecast> forecastOf(const Workspace& workspace,
                                      const Extraction& extraction,
                                      std::span<const Question> questions,
                                      std::int64_t items);

} // namespace transept
