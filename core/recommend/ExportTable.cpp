#include "core/recommend/ExportTable.h"

namespace transept {

std::vector<std::string> numbered(std::vector<std::string> columns, Eigen::Index count)
{
    for (Eigen::Index at = 1; at <= count; ++at) {
        columns.push_back(std::to_string(at));
    }
    return columns;
}

} // namespace transept
