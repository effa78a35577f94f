#pragma once

#include "core/model/Method.h"

#include <string_view>

/// The list of all methods: one line to declare, one to list. A new method is its own file and these two
/// lines.
namespace transept {

using DescribeMethod = MethodDescription (*)();

// Declarations, in the order of the list below.
MethodDescription describePopularity();
MethodDescription describeBias();
MethodDescription describeCarriedBias();
MethodDescription describeUserKnn();
MethodDescription describeItemKnn();
MethodDescription describeCfProduct();
MethodDescription describeEase();
MethodDescription describeSlim();
MethodDescription describeTextKnn();
MethodDescription describeContent();
MethodDescription describeContentRidge();
MethodDescription describeWhitenedProfile();
MethodDescription describeRule();
MethodDescription describeKnowledgeBlend();
MethodDescription describeCollectiveEase();
MethodDescription describeKnowledgeEase();
MethodDescription describeMf();
MethodDescription describeBpr();
MethodDescription describeLightGcn();
MethodDescription describeBayesianMf();
MethodDescription describeBayesianKmf();
MethodDescription describeFm();
MethodDescription describeCmf();
MethodDescription describeEmcdr();
MethodDescription describeKfmf();
MethodDescription describeIals();
MethodDescription describeHybrid();
MethodDescription describeEnsemble();

/// The name among slim's diagnostics of a neighbourhood that the size of the data made necessary.
inline constexpr std::string_view slimNeighbourhoodName = "neighbourhood";

inline const std::vector<DescribeMethod> allMethods = {
    describePopularity,
    describeBias,
    describeCarriedBias,
    describeUserKnn,
    describeItemKnn,
    describeCfProduct,
    describeEase,
    describeSlim,
    describeTextKnn,
    describeContent,
    describeContentRidge,
    describeWhitenedProfile,
    describeRule,
    describeKnowledgeBlend,
    describeCollectiveEase,
    describeKnowledgeEase,
    describeMf,
    describeBpr,
    describeLightGcn,
    describeBayesianMf,
    describeBayesianKmf,
    describeFm,
    describeCmf,
    describeEmcdr,
    describeKfmf,
    describeIals,
    describeHybrid,
    describeEnsemble,
};

} // namespace transept
