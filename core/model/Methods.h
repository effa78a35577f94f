#pragma once

#include "core/model/Method.h"

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
MethodDescription describeEase();
MethodDescription describeTextKnn();
MethodDescription describeWhitenedProfile();
MethodDescription describeKnowledgeBlend();
MethodDescription describeCollectiveEase();
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

inline const std::vector<DescribeMethod> allMethods = {
    describePopularity,
    describeBias,
    describeCarriedBias,
    describeUserKnn,
    describeItemKnn,
    describeEase,
    describeTextKnn,
    describeWhitenedProfile,
    describeKnowledgeBlend,
    describeCollectiveEase,
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
};

} // namespace transept
