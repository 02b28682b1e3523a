show_framework("framework", load("OverallFrameworkMetrics").details)
