#include "core/model/SemanticMap.h"

#include "core/base/Kernels.h"
#include "core/model/ItemVectors.h"
#include "core/model/SymmetricInverse.h"

namespace transept {

Result<SemanticMap> semanticMap(Matrix vectors, double ridge, const JobContext& job)
{
    const Result<Eigen::MatrixXd> inverse = inverseMoments(vectors, ridge, job);
    if (!inverse) {
        return passOn(inverse);
    }
    SemanticMap map;
    if (const Status status = multiply(vectors, inverse->cast<float>(), map.right, job); !status) {
        return passOn(status);
    }
    const auto length = static_cast<std::size_t>(vectors.cols());
    for (Eigen::Index item = 0; item < vectors.rows(); ++item) {
        float* right = map.right.row(item).data();
        const float leverage = kernels::dot(vectors.row(item).data(), right, length);
        kernels::scale(1.0F / (1.0F - leverage), right, length);
    }
    map.left = std::move(vectors);
    return map;
}

} // namespace transept
