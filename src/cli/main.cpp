#include "cli/run.hpp"

int main(int argc, char** argv) { return scenograph::cli::run(argc, argv); }
