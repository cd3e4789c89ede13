// SPDX-License-Identifier: MIT
#include "base/random.h"

namespace focus::core {

double Random::normal() {
  const double sum = uniform() + uniform() + uniform() + uniform();
  return (sum - 2.0) * 1.7320508075688772;  // the sum of four has variance 4/12
}

}  // namespace focus::core
