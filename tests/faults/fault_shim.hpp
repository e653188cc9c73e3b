#pragma once

#include <filesystem>
#include <string>

// A library that stands before the system's for calls that write, so that tests can make them fail, and lose what was
// not synchronised. It is linked before all others: the code under test knows nothing of it. Calls pass through
// untouched unless a fault is armed or a file watched, but for synchronising, which only pretends. Thread-safe.

namespace scenograph::tests {

/// Groups of system calls.
enum FaultCalls : unsigned {
  fault_writes = 1,     ///< write, pwrite, pwritev, writev
  fault_syncs = 2,      ///< fsync, fdatasync
  fault_truncates = 4,  ///< ftruncate
  fault_renames = 8,    ///< rename, to a path that fits
};

struct Fault {
  unsigned calls = fault_writes;
  std::string path;         ///< a part of the paths meant; "" for all
  int error = 5;            ///< errno, by default EIO
  unsigned after = 0;       ///< so many calls that fit pass first
  unsigned times = 1;       ///< then so many fail
  bool is_partial = false;  ///< of the first write that fails, if it has more than a sector, half is done and told
  bool stall = false;       ///< those that fail wait for `release_faults` first
};

inline constexpr unsigned all_times = ~0U;

/// Replaces the fault there was.
void arm_fault(const Fault& fault);

/// @return  how many calls failed since it was armed.
unsigned disarm_fault();

/// Waits until a call stalls.
void wait_for_stall();
void release_faults();

/// From now on this file, which must be as the disk has it, is followed sector by sector: which content the disk has,
/// and what is written but not synchronised. The system writes some of that back by itself, at random; a synchronising
/// that fails writes some of it and forgets the rest. REQUIRES: only `pwrite`, `ftruncate` and `fdatasync` write it.
void watch_file(const std::filesystem::path& path, unsigned seed);

/// The file becomes what a loss of power would leave, and is watched no more. REQUIRES: nobody has it open.
void lose_power(const std::filesystem::path& path);

}  // namespace scenograph::tests
