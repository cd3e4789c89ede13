// SPDX-License-Identifier: MIT
// Against what AWS has published: its test suite for Signature Version 4, and the worked examples
// of "Signature Calculations for the Authorization Header" and "Authenticating Requests: Using
// Query Parameters" in the documentation of S3.
#include "store/objects/s3_signer.h"

#include <catch2/catch.hpp>

#include "store/objects/percent_encoding.h"

using namespace focus::core::store;

namespace {

constexpr std::int64_t kSuiteTime = 1'440'938'160;    // 2015-08-30T12:36:00Z
constexpr std::int64_t kExampleTime = 1'369'353'600;  // 2013-05-24T00:00:00Z
constexpr char kExampleSecret[] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr char kExampleHost[] = "examplebucket.s3.amazonaws.com";

std::string header(const SignableRequest::Pairs& headers, const std::string& name) {
  for (const auto& [its_name, value] : headers) {
    if (its_name == name) return value;
  }
  return {};
}

std::string signature_in(const std::string& authorization) {
  return authorization.substr(authorization.rfind('=') + 1);
}

S3Signer suite_signer(const std::string& token = {}) {
  return {
      {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token}, "us-east-1", "service"};
}

SignableRequest suite_request() {
  SignableRequest request;
  request.headers = {{"Host", "example.amazonaws.com"}};
  request.payload_hash = payload_hash_of("");
  return request;
}

S3Signer example_signer() { return {{"AKIAIOSFODNN7EXAMPLE", kExampleSecret, ""}, "us-east-1"}; }

SignableRequest example_request(const std::string& body = {}) {
  SignableRequest request;
  request.payload_hash = payload_hash_of(body);
  request.headers = {{"Host", kExampleHost}, {"x-amz-content-sha256", request.payload_hash}};
  return request;
}

std::string suite_signature(const SignableRequest& request) {
  return signature_in(header(suite_signer().sign(request, kSuiteTime), "authorization"));
}

std::string example_signature(const SignableRequest& request) {
  return signature_in(header(example_signer().sign(request, kExampleTime), "authorization"));
}

}  // namespace

TEST_CASE("get-vanilla of the suite has the published authorization") {
  const auto headers = suite_signer().sign(suite_request(), kSuiteTime);
  CHECK(header(headers, "x-amz-date") == "20150830T123600Z");
  CHECK(header(headers, "authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, "
        "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
}

TEST_CASE("methods, paths and queries of the suite are signed as published") {
  const std::string unreserved =
      "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  SignableRequest request = suite_request();
  SECTION("post-vanilla") {
    request.method = "POST";
    CHECK(suite_signature(request) ==
          "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  }
  SECTION("get-unreserved") {
    request.path = "/" + unreserved;
    CHECK(suite_signature(request) ==
          "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f");
  }
  SECTION("get-utf8") {
    request.path = "/\u1234";
    CHECK(suite_signature(request) ==
          "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85");
  }
  SECTION("get-space") {
    request.path = "/example space/";
    CHECK(suite_signature(request) ==
          "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741");
  }
  SECTION("get-vanilla-empty-query-key") {
    request.query = {{"Param1", "value1"}};
    CHECK(suite_signature(request) ==
          "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb");
  }
  SECTION("get-vanilla-query-order-key-case") {
    request.query = {{"Param2", "value2"}, {"Param1", "value1"}};
    CHECK(suite_signature(request) ==
          "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
  }
  SECTION("get-vanilla-query-unreserved") {
    request.query = {{unreserved, unreserved}};
    CHECK(suite_signature(request) ==
          "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197");
  }
  SECTION("get-vanilla-utf8-query") {
    request.query = {{"\u1234", "bar"}};
    CHECK(suite_signature(request) ==
          "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04");
  }
  SECTION("get-header-value-trim") {
    request.headers.emplace_back("My-Header1", " value1");
    request.headers.emplace_back("My-Header2", " \"a   b   c\"");
    CHECK(suite_signature(request) ==
          "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");
  }
}

TEST_CASE("a session token of the suite is sent and signed") {
  const std::string token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
  const auto headers = suite_signer(token).sign(suite_request(), kSuiteTime);
  CHECK(header(headers, "x-amz-security-token") == token);
  CHECK(signature_in(header(headers, "authorization")) ==
        "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
}

TEST_CASE("requests of the S3 documentation are signed as published") {
  SignableRequest request = example_request();
  SECTION("GET of an object with a Range") {
    request.path = "/test.txt";
    request.headers.emplace_back("Range", "bytes=0-9");
    CHECK(example_signature(request) ==
          "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }
  SECTION("PUT of an object whose name has a reserved character") {
    request = example_request("Welcome to Amazon S3.");
    request.method = "PUT";
    request.path = "/test$file.text";
    request.headers.emplace_back("Date", "Fri, 24 May 2013 00:00:00 GMT");
    request.headers.emplace_back("x-amz-storage-class", "REDUCED_REDUNDANCY");
    CHECK(example_signature(request) ==
          "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }
  SECTION("GET of a bucket's lifecycle, a parameter without a value") {
    request.query = {{"lifecycle", ""}};
    CHECK(example_signature(request) ==
          "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }
  SECTION("GET of a list of objects") {
    request.query = {{"prefix", "J"}, {"max-keys", "2"}};
    CHECK(example_signature(request) ==
          "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }
}

TEST_CASE("the presigned GET of the S3 documentation has the published query") {
  SignableRequest request;
  request.path = "/test.txt";
  request.headers = {{"host", kExampleHost}};
  CHECK(example_signer().presign(request, kExampleTime, 86'400) ==
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST_CASE("a presigned query holds the token, and is signed with it") {
  SignableRequest request = suite_request();
  const std::string with = suite_signer("a/token+").presign(request, kSuiteTime, 60);
  const std::string without = suite_signer().presign(request, kSuiteTime, 60);
  CHECK(with.find("&X-Amz-Security-Token=a%2Ftoken%2B&") != std::string::npos);
  CHECK(signature_in(with) != signature_in(without));
}

TEST_CASE("whatever is part of a request is part of its signature") {
  const SignableRequest request = example_request();
  const std::string signature = example_signature(request);
  SignableRequest other = request;
  SECTION("the method") { other.method = "HEAD"; }
  SECTION("the path") { other.path = "/other"; }
  SECTION("the query") { other.query = {{"prefix", "sessions/"}}; }
  SECTION("a header") { other.headers.emplace_back("x-amz-copy-source", "/bucket/name"); }
  SECTION("the body") { other.payload_hash = payload_hash_of("another"); }
  CHECK(example_signature(other) != signature);
  CHECK(example_signature(request) == signature);
}

TEST_CASE("percent-encoding keeps the unreserved characters only, and can be taken back") {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string encoded = percent_encode(all, Slash::encoded);
  CHECK(percent_decode(encoded) == all);
  CHECK(percent_encode("a b/c+d=\u00e9~", Slash::encoded) == "a%20b%2Fc%2Bd%3D%C3%A9~");
  CHECK(percent_encode("a b/c", Slash::kept) == "a%20b/c");
  CHECK(percent_decode("100%") == "100%");
  CHECK(percent_decode("%zz%2") == "%zz%2");
}
