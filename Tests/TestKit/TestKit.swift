enum TestKitRoom {}
