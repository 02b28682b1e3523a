show_framework(load("OverallFrameworkMetrics").details)
