"""The request of create-training-job.json, with Boto3."""

import json
from pathlib import Path

import boto3

request = json.loads((Path(__file__).parent / "create-training-job.json").read_text())

if __name__ == "__main__":
    print(boto3.client("sagemaker").create_training_job(**request)["TrainingJobArn"])
