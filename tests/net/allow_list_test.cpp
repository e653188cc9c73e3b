#include "net/allow_list.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace scenograph;
using net::Address;
using net::AllowList;

TEST_CASE("Public addresses are told from others") {
  for (const char* text : {"8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "172.15.0.1"}) {
    INFO(text);
    CHECK(is_public(Address::parse(text)));
  }
  for (const char* text : {"127.0.0.1",
                           "127.9.9.9",
                           "10.1.2.3",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "0.0.0.0",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::1",
                           "::",
                           "fe80::1",
                           "fc00::1",
                           "fd12::1",
                           "ff02::1",
                           "2001:db8::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "::127.0.0.1",
                           "2001::1"}) {
    INFO(text);
    CHECK_FALSE(is_public(Address::parse(text)));
  }
}

TEST_CASE("Hosts are listed with their ports") {
  const AllowList list("--allow-service", {"Query.Example.org", "other.example:8080", "[::1]:3030", "10.0.0.7"});
  CHECK_NOTHROW(list.check_host("query.example.ORG", 443));
  CHECK_NOTHROW(list.check_host("other.example", 8080));
  CHECK_NOTHROW(list.check_host("::1", 3030));
  CHECK_THROWS_WITH(list.check_host("query.example.org", 8080),
                    "query.example.org:8080 may not be asked: --allow-service query.example.org:8080 allows it");
  CHECK_THROWS(list.check_host("other.example", 443));
  CHECK_THROWS(list.check_host("evil-query.example.org", 443));
  CHECK(list.allows(Address::parse("10.0.0.7"), 80));
  CHECK_FALSE(list.allows(Address::parse("10.0.0.7"), 22));
  CHECK_FALSE(list.allows(Address::parse("10.0.0.8"), 80));
  for (const char* wrong : {"", "http://x.example/", "x.example:", "x.example:99999", "x:1:2", "[::1", "a b"}) {
    INFO(wrong);
    CHECK_THROWS_AS(AllowList("--allow-service", {wrong}), base::Error);
  }
}
