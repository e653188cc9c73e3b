#pragma once

namespace scenograph::base {

/// Lets the calling thread, for the rest of its life, give way to those that work for a request: as nice(1) does by 10.
void give_way() noexcept;

}  // namespace scenograph::base
