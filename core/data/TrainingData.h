#pragma once

#include "core/data/FacetVectors.h"
#include "core/data/Interactions.h"

#include <memory>
#include <string>
#include <vector>

namespace transept {

/// One (term, weight) of a sparse text vector; terms ascend within an item.
struct TermWeight
{
    std::uint32_t term = 0;
    float weight = 0.0F;
};

struct Facet
{
    std::string name; ///< topic, genre, mood ...
    std::string text;
    float weight = 1.0F;
};

/// What a knowledge base says about the items of one domain, by ItemRow. Items without knowledge have a zero
/// row, no facets and no terms. All item texts count, of training and test items alike: a text is no
/// interaction.
struct ItemKnowledge
{
    KnowledgeVectors vectors; ///< items x dimension, L2-normalised rows
    std::vector<std::vector<TermWeight>>
        termWeights; ///< TF-IDF, L2-normalised; empty vectors when the base has none
    std::vector<std::vector<Facet>> facets;
    FacetVectors facetVectors; ///< empty when the base has none
    int dimension() const { return static_cast<int>(vectors.cols()); }
};

/// One domain as a method may see it: training interactions only.
struct TrainingDomain
{
    std::string name;
    FeedbackKind kind = FeedbackKind::Explicit;
    double scaleMin = 0.0;
    double scaleMax = 1.0;
    InteractionMatrix interactions;                 ///< all users x this domain's items
    std::shared_ptr<const ItemKnowledge> knowledge; ///< null when the run has none
};

/// All that a method is ever handed to learn from. It holds no validation and no test interaction, and no way
/// to them: that is how "test data never influences training" is enforced.
struct TrainingData
{
    std::size_t userCount = 0; ///< rows of every domain's matrix; also users without training interactions
    TrainingDomain target;
    std::vector<TrainingDomain> sources;
};

} // namespace transept
