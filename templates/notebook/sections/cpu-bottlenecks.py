show_bottlenecks("CPUBottleneck", "a core saturated")
