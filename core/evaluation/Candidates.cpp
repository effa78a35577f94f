#include "core/evaluation/Candidates.h"

namespace transept {
namespace {

/// Moves what is at least the pivot to the front, and says how many there are.
std::size_t partition(std::span<Candidate> candidates, Candidate pivot) noexcept
{
    std::size_t front = 0;
    for (Candidate& each : candidates) {
        const Candidate candidate = each;
        each = candidates[front];
        candidates[front] = candidate;
        front += static_cast<std::size_t>(candidate >= pivot);
    }
    return front;
}

Candidate median(Candidate a, Candidate b, Candidate c) noexcept
{
    return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

} // namespace

/// By partition (Hoare 1961); no two are equal.
void pickBest(std::span<Candidate> candidates, std::size_t wanted) noexcept
{
    while (wanted > 0 && wanted < candidates.size()) {
        const Candidate pivot =
            median(candidates.front(), candidates[candidates.size() / 2], candidates.back());
        const std::size_t front = partition(candidates, pivot);
        if (front == candidates.size()) { // the pivot is the smallest: set it apart
            std::iter_swap(std::ranges::find(candidates, pivot), candidates.end() - 1);
            candidates = candidates.first(front - 1);
        } else if (front > wanted) {
            candidates = candidates.first(front);
        } else {
            candidates = candidates.subspan(front);
            wanted -= front;
        }
    }
}

} // namespace transept
