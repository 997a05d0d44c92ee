print("commonway")
