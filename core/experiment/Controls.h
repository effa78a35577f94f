#pragma once

#include "core/experiment/Spec.h"

namespace transept {

/// The runs that belong beside one that makes a claim: same data, split, measures and seed. As far as they
/// can be run and are not what the spec describes itself. Their names begin with "control: " and are
/// TRANSLATABLE("runs", ...):
///
/// popularity                          always
/// global mean, item mean, user mean   for ratings: with as little shrinkage as the methods have
/// bias                                for ratings
/// carried bias                        for ratings, with sources that share people
/// no knowledge                        the same method, where it can do without
/// shuffled knowledge                  the same method
/// titles only                         the same method, with a lexical knowledge base made of titles alone if
///                                     there is one
Result<std::vector<Spec>> controlsOf(const Workspace& workspace, const Spec& spec);

/// Another method on the same data, split, measures and seed, with these parameters and else its defaults;
/// with the knowledge only when a measure asks for it.
Result<Spec> withMethod(const Spec& spec, std::string_view method, const Json& parameters);

/// Which of the three means a spec describes, however it shrinks them.
enum class PlainMean { None, Global, Item, User };
PlainMean plainMeanOf(const Spec& spec);

} // namespace transept
