"""Starts a training job whose profiling report is made by the image of this folder. For version 2 of the SageMaker Python SDK."""

from sagemaker.debugger import ProfilerConfig, ProfilerRule
from sagemaker.pytorch import PyTorch

ACCOUNT, REGION = "123456789012", "eu-west-1"

rule = ProfilerRule.custom(
    name="ProfilerReport",
    image_uri=f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/profiler-report:latest",
    instance_type="ml.m5.large",
    volume_size_in_gb=30,
    rule_parameters={
        "rule_to_invoke": "ProfilerReport",
        # No report of this job may ask to be counted.
        "opt_out_telemetry": "True",
        "LowGPUUtilization_threshold_p95": "80",
    },
)

estimator = PyTorch(
    entry_point="train.py",
    role=f"arn:aws:iam::{ACCOUNT}:role/training",
    framework_version="2.5",
    py_version="py311",
    instance_type="ml.g5.xlarge",
    instance_count=1,
    profiler_config=ProfilerConfig(system_monitor_interval_millis=500),
    rules=[rule],
)
estimator.fit("s3://my-bucket/data", wait=False)
