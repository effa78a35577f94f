#pragma once

#include "core/knowledge/Extractor.h"

/// Items with texts to extract from, and what came of it.
namespace transept::test {

/// Items of a domain whose words come from three themes; each has a genre, a rating and a description. Their
/// keys are numbered from `first`.
DomainId addItems(const Workspace& workspace, const std::string& domain, int count, int first = 0);

ExtractionRequest lexical(const std::string& name, Json settings = Json::object());

/// Adds what is new to the knowledge base of this name.
ExtractionRequest extension(const std::string& name);

/// Everything that is stored of a knowledge base, to compare two; of items up to one when it is given.
std::string contentOf(const Workspace& workspace, KnowledgeId id, ItemId upTo = {});

} // namespace transept::test
