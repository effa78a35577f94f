#pragma once

#include "core/knowledge/ExtractorTable.h"
#include "core/knowledge/Interview.h"

namespace transept {

/// The parameters that every extractor has which asks a server: url, model, key_env, proxy, lines, timeout,
/// attempts, text-limit, redact.
std::vector<Parameter> serverParameters();

/// InvalidInput when an address or the name of the key variable looks like a secret: settings are kept. What
/// was written is not repeated.
Status checkKeepsNoSecret(const Parameters& settings);

/// InvalidInput when a setting holds the server's key.
Status checkHoldsNoKey(const Parameters& settings);

/// The same as values, with the request's budget and the workspace's price of the model. InvalidInput when
/// there is no address or no model, or a budget of money for a model without a price.
Result<InterviewOptions> interviewOptions(const Workspace& workspace, const Extraction& extraction);

/// The text as it may leave this machine: redacted when the settings say so; `found` adds up what was
/// replaced.
ItemText asSent(ItemText text, const Parameters& settings, Redactions& found);

/// The texts of the items that have one, as they may leave this machine; there is nothing to ask about the
/// others.
Result<std::vector<ItemText>> itemsWithText(const Workspace& workspace,
                                            const Extraction& extraction,
                                            const JobContext& context);

/// The items that are still to be asked for: those with a text, without what an earlier try committed.
Result<std::vector<ItemText>> itemsToAsk(const Workspace& workspace,
                                         const Extraction& extraction,
                                         KnowledgeId id,
                                         const JobContext& context);

/// The text of one item as the extraction reads it, not yet redacted; NotFound when it has none.
Result<ItemText> textOf(const Workspace& workspace,
                        const Extraction& extraction,
                        ItemId item,
                        const JobContext& context);

} // namespace transept
